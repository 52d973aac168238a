import BlobStore
import CubeCodec

/// The exact coder reads its chunks straight from a blob.
extension BlobReader: ChunkSource {}
