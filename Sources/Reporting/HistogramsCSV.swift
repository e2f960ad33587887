import Analysis
import Experiments
import Statistics
import TraceModel

/// `histograms.csv`: one bucket that is not empty a row, of every stage, subset and pairing of every cell.
///
/// The source is `measured`, or `reference` for the histogram from elsewhere that
/// the measured one is compared with; the scale is `power-of-two` or `linear`. A bucket holds its lower bound and not
/// its upper one. Empty buckets, more than half of all, are left out: the bounds of the others say where they are, since
/// by powers of two each bucket begins where the one before ends, and linear ones are equally wide.
struct HistogramsCSV {
    let text: String

    /// The columns behind those of the factors; `docs/results.md` says what they hold.
    static let columns = [
        "cell", "stage", "subset", "pairing", "verdict", "source", "scale", "lower_bound_ns", "upper_bound_ns", "count",
    ]

    init(of summary: ExperimentSummary) {
        let declaration = summary.declaration
        var table = CSVTable(
            header: SummaryCSV.factorColumns(of: declaration) + Self.columns)
        for cell in summary.cells {
            let prefix =
                declaration.factors.map { cell.cell.label(of: $0.name) ?? "" } + [String(cell.cell.index)]
            for stage in cell.stages {
                let place = [
                    stage.stage.rawValue, stage.subset.rawValue, stage.pairing.rawValue,
                    summary.level(of: stage.pairing).rawValue,
                ]
                let groups = [
                    ("measured", "power-of-two", stage.powerOfTwo), ("measured", "linear", stage.linear),
                    ("reference", "power-of-two", stage.referenceHistogram.map(Self.bucket)),
                ]
                for (source, scale, buckets) in groups {
                    for bucket in buckets where bucket.count > 0 {
                        let bounds = [bucket.lowerBoundNanoseconds, bucket.upperBoundNanoseconds].map(String.init)
                        table.append(prefix + place + [source, scale] + bounds + [String(bucket.count)])
                    }
                }
            }
        }
        text = table.text
    }

    private static func bucket(_ reference: ReferenceBucket) -> HistogramBucket {
        let lowerBound = reference.lowerBoundNanoseconds
        let upperBound = lowerBound > Int64.max / 2 ? Int64.max : max(1, lowerBound * 2)
        return HistogramBucket(
            lowerBoundNanoseconds: lowerBound, upperBoundNanoseconds: upperBound, count: reference.count)
    }
}
