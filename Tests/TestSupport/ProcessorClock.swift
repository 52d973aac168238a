import Glibc

/// Processor time, in seconds: wall time would also measure whatever else the machine is doing.
public enum ProcessorClock {
    /// Of all threads of this process.
    public static func processSeconds() -> Double { seconds(CLOCK_PROCESS_CPUTIME_ID) }

    /// Of this thread.
    public static func threadSeconds() -> Double { seconds(CLOCK_THREAD_CPUTIME_ID) }

    private static func seconds(_ clock: clockid_t) -> Double {
        var time = timespec()
        precondition(clock_gettime(clock, &time) == 0, "no clock of processor time")
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }
}
