import Archive
import Testing

@Suite struct FieldCountTests {
    @Test func `the paper's section 5 has 35308 numbers and 1890 output biases more`() throws {
        let count = try FieldCount(
            hiddenLayerCount: 5, hiddenWidth: 10, latentCount: 32, outputCount: 270, rows: 7,
            columns: 7, hasNetworkPerRow: true)
        #expect(count.networkCount == 7)
        #expect(count.cellCount == 49)
        #expect(count.hiddenParameterCount == 3_290)
        #expect(count.outputWeightCount == 18_900)
        #expect(count.modulationParameterCount == 11_550)
        #expect(count.latentValueCount == 1_568)
        #expect(count.countWithoutOutputBiases == 35_308)
        #expect(count.outputBiasCount == 1_890)
        #expect(count.count == 37_198)
        #expect(count.float32ByteCount == 148_792)
    }

    @Test func `one network for a whole scene has one latent beside it`() throws {
        let count = try FieldCount(
            hiddenLayerCount: 10, hiddenWidth: 128, latentCount: 32, outputCount: 220)
        #expect(count.count == 177_372 + 42_240 + 32)
        #expect(count.outputBiasCount == 220)
    }

    @Test func `sizes that no network can have are refused`() {
        #expect(throws: (any Error).self) {
            try FieldCount(hiddenLayerCount: 0, hiddenWidth: 10, latentCount: 1, outputCount: 1)
        }
    }
}
