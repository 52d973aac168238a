import Glibc

/// Processor time: wall time would also measure whatever else the machine is doing.
public enum ProcessorClock {
    /// Seconds that all threads of this process have used.
    public static func processSeconds() -> Double {
        var time = timespec()
        precondition(clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time) == 0, "no process clock")
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }
}
