import Statistics
import Testing

@Suite("Batches of values in the order in which they came")
struct BatchSeriesTests {
    private func series(_ count: Int, value: (Int) -> Double = Double.init) -> BatchSeries {
        var series = BatchSeries()
        for index in 0..<count { series.add(value: value(index), at: Int64(index) * 10) }
        return series
    }

    @Test("a batch is 5 values; those that do not fill one wait")
    func first() {
        let series = series(12)
        #expect(series.means == [2, 7])
        #expect(series.endNanoseconds == [40, 90])
        #expect((series.batchSize, series.valueCount) == (5, 12))
        #expect(BatchSeries().means.isEmpty)
    }

    @Test(
        "joined batches have the means and ends of batches made at once, and there are never 2,048",
        arguments: [10_239, 10_240, 10_245, 20_480, 100_003])
    func joined(count: Int) {
        let series = series(count) { Double(($0 * 7919) % 1009) }
        #expect(series.means.count < BatchSeries.largestBatchCount)
        #expect(count < 10_240 || series.means.count >= BatchSeries.largestBatchCount / 2)
        #expect(series.valueCount == count)
        #expect(series.means.count == count / series.batchSize)
        for (index, mean) in series.means.enumerated() {
            let values = (index * series.batchSize..<(index + 1) * series.batchSize).map { Double(($0 * 7919) % 1009) }
            #expect(agree(mean, values.reduce(0, +) / Double(series.batchSize), within: 1e-13))
            #expect(series.endNanoseconds[index] == Int64((index + 1) * series.batchSize - 1) * 10)
        }
    }

    @Test("the batch size doubles when 2,048 batches are full")
    func sizes() {
        #expect(series(10_239).batchSize == 5)
        #expect(series(10_240).batchSize == 10)
        #expect(series(20_479).batchSize == 10)
        #expect(series(20_480).batchSize == 20)
    }
}
