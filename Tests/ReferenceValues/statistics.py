"""Prints Tests/StatisticsTests/ScipyValues.swift: what SciPy and NumPy say, kept as data so that no test needs them.

    python3 Tests/ReferenceValues/statistics.py > Tests/StatisticsTests/ScipyValues.swift
"""

import numpy
import scipy
from scipy import stats

DURATIONS = [50_061_442, 50_083_119, 16_384, 0, 275_000_001, 50_000_007, 63_211_940, 8_123, 50_061_442, 1_103_000_000,
             41_778_120, 59_999_999, 60_042_310, 47, 120_000_000]
BASELINE = [10.2, 11.9, 9.7, 14.1, 10.8, 12.4, 10.1]
CANDIDATE = [10.9, 12.1, 10.4, 15.5, 11.0, 13.6, 10.3]
PROBABILITIES = [0.01, 0.04, 0.03, 0.005, 0.2, 0.04]


def holm(probabilities):
    count, largest, result = len(probabilities), 0.0, [0.0] * len(probabilities)
    for rank, index in enumerate(numpy.argsort(probabilities, kind="stable")):
        largest = max(largest, min(1.0, (count - rank) * probabilities[index]))
        result[index] = largest
    return result


def rows(values):
    return ",\n".join("        " + value for value in values)


print(f"// Printed by Tests/ReferenceValues/statistics.py with SciPy {scipy.__version__} and NumPy {numpy.__version__}.")
print()
print("enum ScipyValues {")
print("    /// `stats.t.cdf(t, df)`")
print("    static let cumulative: [(freedom: Double, t: Double, probability: Double)] = [")
print(rows(f"({df!r}, {t!r}, {float(stats.t.cdf(t, df))!r})" for df in [1.0, 2.0, 3.5, 4.0, 9.0, 29.0, 1000.0, 100000.0]
           for t in [-12.0, -2.5, -0.001, 0.0, 0.7, 1.96, 6.0]))
print("    ]")
print("    /// `stats.t.ppf(p, df)`")
print("    static let quantiles: [(freedom: Double, probability: Double, t: Double)] = [")
print(rows(f"({df!r}, {p!r}, {float(stats.t.ppf(p, df))!r})" for df in [1.0, 2.0, 4.0, 7.3, 30.0, 5000.0]
           for p in [0.0005, 0.025, 0.4, 0.75, 0.975, 0.995]))
print("    ]")
print(f"    static let durations: [Int64] = {[int(d) for d in DURATIONS]}")
print("    /// `numpy.quantile(durations, q, method=\"median_unbiased\")`")
print("    static let durationQuantiles: [(quantile: Double, value: Double)] = [")
print(rows(f"({q!r}, {float(numpy.quantile(DURATIONS, q, method='median_unbiased'))!r})"
           for q in [0.0, 0.01, 0.1, 0.25, 0.5, 0.77, 0.9, 0.99, 1.0]))
print("    ]")
print(f"    static let durationsMean = {float(numpy.mean(DURATIONS))!r}")
print(f"    static let durationsStandardDeviation = {float(numpy.std(DURATIONS, ddof=1))!r}")
low, high = stats.t.interval(0.95, len(BASELINE) - 1, numpy.mean(BASELINE), stats.sem(BASELINE))
print(f"    static let baseline: [Double] = {BASELINE}")
print(f"    static let candidate: [Double] = {CANDIDATE}")
print(f"    /// `stats.t.interval(0.95, …)` of the baseline")
print(f"    static let baselineInterval = ({float(low)!r}, {float(high)!r})")
test = stats.ttest_rel(CANDIDATE, BASELINE)
interval = test.confidence_interval(0.95)
print("    /// `stats.ttest_rel(candidate, baseline)`")
print(f"    static let pairedProbability = {float(test.pvalue)!r}")
print(f"    static let pairedInterval = ({float(interval.low)!r}, {float(interval.high)!r})")
ratio = stats.ttest_rel(numpy.log(CANDIDATE), numpy.log(BASELINE)).confidence_interval(0.95)
print("    /// The same of the logarithms, exponentiated")
print(f"    static let ratioInterval = ({float(numpy.exp(ratio.low))!r}, {float(numpy.exp(ratio.high))!r})")
print(f"    static let probabilities: [Double] = {PROBABILITIES}")
print(f"    static let holm: [Double] = {[float(p) for p in holm(PROBABILITIES)]}")
print("    /// Smallest n with `stats.binom.cdf(1, n, 1 - p) <= 0.01`")
print("    static let sampleSizes: [(percentile: Double, minimum: Int)] = [")
print(rows(f"({p!r}, {next(n for n in range(2, 100000) if stats.binom.cdf(1, n, min(p, 100 - p) / 100) <= 0.01)})"
           for p in [1.0, 25.0, 50.0, 75.0, 90.0, 95.0, 99.0, 99.9]))
print("    ]")
print("}")
