import ArgumentParser

/// File formats that synthetic scenes can be written in.
enum SceneFormat: String, ExpressibleByArgument, CaseIterable {
    /// ENVI header and binary.
    case envi
    /// NumPy array of lines x samples x bands.
    case npy
    /// MATLAB version 5 file with one array of lines x samples x bands.
    case mat
}
