extension TukeyClasses {
    /// The classes of a sample; nil where it is empty. From buckets the fences are as sharp as these.
    public init?(_ sample: DurationSample) {
        guard !sample.isEmpty else { return nil }
        self.init(
            lowerQuartile: sample.quantile(0.25), upperQuartile: sample.quantile(0.75), count: sample.count,
            countAtMost: sample.countAtMost)
    }
}
