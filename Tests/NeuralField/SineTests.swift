import Basics
import Foundation
import NeuralField
import Testing

@Suite struct SineTests {
    /// Values over the whole range that can occur, near multiples of pi/2, and tiny ones.
    static let arguments: [Float] = {
        var generator = SeededGenerator(seed: 3)
        var values: [Float] = [0, -0.0, 1e-30, -1e-30, 8192, -8192]
        for _ in 0..<200_000 { values.append(generator.uniform(in: -8192, 8192)) }
        for _ in 0..<200_000 { values.append(generator.uniform(in: -30, 30)) }
        for quarter in -5200...5200 {
            let near = Float(Double(quarter) * Double.pi / 2)
            values += [near.nextDown, near, near.nextUp]
        }
        return values.filter { abs($0) <= 8192 }
    }()

    @Test func `the sine's error stays below 2 units in the last place`() {
        let sines = KernelPath.best.sines(of: Self.arguments)
        var worst = 0.0
        for (argument, value) in zip(Self.arguments, sines) where argument != 0 {
            let truth = sin(Double(argument))
            worst = max(worst, abs(Double(value) - truth) / Double(Float(truth).ulp))
        }
        #expect(worst < 2, "measured \(worst)")
        #expect(worst > 0.4, "a rounded result cannot be better than half a unit")
    }

    @Test(arguments: KernelPath.allCases.filter(\.isAvailable))
    func `every path's sine has the same bits`(path: KernelPath) {
        let expected = KernelPath.portable.sines(of: Self.arguments)
        let found = path.sines(of: Self.arguments)
        #expect(found.map(\.bitPattern) == expected.map(\.bitPattern))
    }
}
