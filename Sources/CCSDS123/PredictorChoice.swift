/// Which implementation of the predictor runs; all give the same result.
package enum PredictorChoice: Sendable {
    /// The kernel where it serves, else the reference.
    case fastest
    /// The standard's equations one after the other: the tests' oracle.
    case reference
}
