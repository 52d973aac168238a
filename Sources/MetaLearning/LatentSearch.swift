/// Descends the loss of one cell from a starting latent: L-BFGS with backtracking (Nocedal and
/// Wright, 2006, algorithms 7.4 and 3.1), which never accepts a worse latent.
struct LatentSearch {
    private static let memoryCount = 10
    /// One weak step may come before better ones; so many in a row end the search.
    private static let patience = 2

    let objective: any LatentObjective
    /// The loss that decides which step was the best and when to stop; the objective itself where
    /// there is none.
    var judge: (any LatentObjective)?
    /// A step is weak when it gains less than this part of the least loss so far.
    var leastGain = 1e-4
    /// Most steps that are taken.
    var iterationLimit = 60

    private struct Pair {
        let step: [Double]
        let change: [Double]
        let curvature: Double
    }

    /// The best latent on the way from a start, whose loss by the judge is given.
    func improve(_ start: [Float], loss startLoss: Double) -> (latent: [Float], loss: Double) {
        var latent = start
        var (loss, floats) = objective.lossAndGradient(of: start)
        var gradient = floats.map(Double.init)
        var pairs: [Pair] = []
        var best = (latent: start, loss: startLoss)
        var weakCount = 0
        for _ in 0..<iterationLimit {
            let direction = descent(gradient, pairs)
            guard let next = backtrack(latent, loss, gradient, direction) else { break }
            let (nextLoss, nextFloats) = objective.lossAndGradient(of: next)
            let nextGradient = nextFloats.map(Double.init)
            let step = zip(next, latent).map { Double($0) - Double($1) }
            let change = zip(nextGradient, gradient).map { $0 - $1 }
            let curvature = dot(step, change)
            if curvature > 1e-12 * dot(change, change) {
                pairs.append(Pair(step: step, change: change, curvature: curvature))
                if pairs.count > Self.memoryCount { pairs.removeFirst() }
            }
            (latent, loss, gradient) = (next, nextLoss, nextGradient)
            let judged = judge?.loss(of: next) ?? nextLoss
            weakCount = best.loss - judged < leastGain * best.loss ? weakCount + 1 : 0
            if judged < best.loss { best = (next, judged) }
            if weakCount >= Self.patience { break }
        }
        return best
    }

    /// The quasi-Newton direction (two-loop recursion).
    private func descent(_ gradient: [Double], _ pairs: [Pair]) -> [Double] {
        var direction = gradient
        var factors: [Double] = []
        for pair in pairs.reversed() {
            let factor = dot(pair.step, direction) / pair.curvature
            factors.append(factor)
            for index in direction.indices { direction[index] -= factor * pair.change[index] }
        }
        if let last = pairs.last {
            let scale = last.curvature / dot(last.change, last.change)
            for index in direction.indices { direction[index] *= scale }
        }
        for (pair, factor) in zip(pairs, factors.reversed()) {
            let correction = factor - dot(pair.change, direction) / pair.curvature
            for index in direction.indices { direction[index] += correction * pair.step[index] }
        }
        return direction.map { -$0 }
    }

    /// The first latent along a direction that lowers the loss enough; nil where none does.
    private func backtrack(
        _ latent: [Float], _ loss: Double, _ gradient: [Double], _ direction: [Double]
    ) -> [Float]? {
        let slope = dot(gradient, direction)
        guard slope < 0 else { return nil }
        var length = 1.0
        for _ in 0..<20 {
            let candidate = zip(latent, direction).map { Float(Double($0) + length * $1) }
            if objective.loss(of: candidate) <= loss + 1e-4 * length * slope { return candidate }
            length *= 0.5
        }
        return nil
    }

    private func dot(_ left: [Double], _ right: [Double]) -> Double {
        zip(left, right).reduce(0) { $0 + $1.0 * $1.1 }
    }
}
