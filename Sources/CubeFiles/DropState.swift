/// What a watch folder should do about one of its files now.
public enum DropState: Hashable, Sendable {
    /// All files of a cube are there with all the bytes that can be counted.
    case complete(CubeFileSet)
    /// Something is still missing; look again later, and give up after a while with this reason.
    case waiting(String)
    /// Not a cube's business: leave it alone.
    case ignored(String)
    /// It will never become a cube as it is; move it aside with this reason.
    case refused(String)
}
