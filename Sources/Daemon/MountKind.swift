import CStatfs
import Glibc

/// Whether a folder lies on a mount that sends no events for changes made elsewhere.
enum MountKind {
    case local
    case network

    /// The kind of the mount that holds `folder`; a folder that cannot be examined is taken for a
    /// network mount, because polling is always right.
    init(of folder: String) {
        // Magic numbers of NFS, SMB, SMB2, CIFS, FUSE (sshfs and its like), AFS, Ceph, 9P, Lustre.
        let networkTypes: Set<Int> = [
            0x6969, 0x517B, 0xFE53_4D42, 0xFF53_4D42, 0x6573_5546, 0x5346_414F, 0x00C3_6400,
            0x0102_1997, 0x0BD0_0BD0,
        ]
        var status = statfs()
        let examined = statfs(folder, &status) == 0
        self = examined && !networkTypes.contains(Int(status.f_type)) ? .local : .network
    }
}
