"""Prints Tests/StatisticsTests/ScipyDistributionValues.swift: order statistics and survival curves as SciPy sees them.

    python3 Tests/ReferenceValues/distribution.py > Tests/StatisticsTests/ScipyDistributionValues.swift
"""

import warnings

import numpy
import scipy
from scipy import stats

FINISHED = [3, 5, 5, 6, 8, 11, 11, 11, 14, 19, 25, 31]
CENSORED = [5, 7, 11, 12, 20, 20, 40]


def rows(values):
    return "\n".join("        " + value + "," for value in values)


def best_width(count, quantile, confidence):
    """The narrowest pair of ranks with at least the confidence, whatever its tails, by trying all of them."""
    cumulative = stats.binom.cdf(numpy.arange(-1, count + 1), count, quantile)  # cumulative[k + 1] = P(B <= k)
    best = None
    for lower in range(1, count):
        for upper in range(lower + 1, count + 1):
            if cumulative[upper] - cumulative[lower] >= confidence:
                best = upper - lower if best is None else min(best, upper - lower)
                break
    return best


def rank_row(count, quantile, confidence):
    width = best_width(count, quantile, confidence) if count <= 700 else None
    tail = (1 - confidence) / 2
    lower = int(stats.binom.ppf(tail, count, quantile))
    upper = int(stats.binom.isf(tail, count, quantile)) + 1
    return f"({count}, {quantile!r}, {confidence!r}, {lower}, {upper}, {'nil' if width is None else width})"


print(f"// Printed by Tests/ReferenceValues/distribution.py with SciPy {scipy.__version__}.")
print()
print("enum ScipyDistributionValues {")
print("    /// `stats.norm.ppf(p)`")
print("    static let normalQuantiles: [(probability: Double, z: Double)] = [")
print(rows(f"({p!r}, {float(stats.norm.ppf(p))!r})" for p in [1e-12, 0.001, 0.025, 0.3, 0.5, 0.9, 0.975, 0.9995]))
print("    ]")
print("    /// Equal-tailed ranks by `stats.binom.ppf` and `isf`; the least width that any pair of ranks can have.")
print("    static let ranks: [")
print("        (count: Int, quantile: Double, confidence: Double, lower: Int, upper: Int, leastWidth: Int?)")
print("    ] = [")
print(rows(rank_row(*row) for row in [
    (11, 0.5, 0.95), (50, 0.5, 0.95), (64, 0.9, 0.95), (100, 0.9, 0.95), (299, 0.5, 0.99), (662, 0.99, 0.95),
    (700, 0.99, 0.9), (10_000, 0.99, 0.95), (100_000, 0.999, 0.95), (10_000_000, 0.5, 0.95),
    (10_000_000, 0.999, 0.99)]))
print("    ]")
print("    /// P(lower <= Binomial(n, q) <= upper - 1) by `stats.binom`")
print("    static let coverages: [(count: Int, quantile: Double, lower: Int, upper: Int, probability: Double)] = [")


def coverage(count, quantile, lower, upper):
    return 1 - float(stats.binom.cdf(lower - 1, count, quantile)) - float(stats.binom.sf(upper - 1, count, quantile))


print(rows(f"({n}, {q!r}, {a}, {b}, {coverage(n, q, a, b)!r})" for n, q, a, b in [
    (50, 0.5, 18, 33), (64, 0.9, 53, 63), (10_000_000, 0.5, 4_996_901, 5_003_100)]))
print("    ]")
print(f"    static let finished: [Int64] = {FINISHED}")
print(f"    static let censored: [Int64] = {CENSORED}")
warnings.simplefilter("ignore")
data = stats.CensoredData.right_censored(FINISHED + CENSORED, [False] * len(FINISHED) + [True] * len(CENSORED))
curve = stats.ecdf(data).sf
interval = curve.confidence_interval(0.95, method="log-log")
print("    /// `stats.ecdf(CensoredData.right_censored(…)).sf` and its log-log interval")
print("    static let curve: [(nanoseconds: Int64, survival: Double, low: Double, high: Double)] = [")
points = [3, 4, 5, 6, 10, 11, 14, 20, 25, 31, 40]
print(rows(f"({t}, {float(curve.evaluate(t))!r}, {float(interval.low.evaluate(t))!r}, "
           f"{float(interval.high.evaluate(t))!r})" for t in points))
print("    ]")


def crossing(function, target):
    values = sorted(set(FINISHED))
    return next((t for t in values if function.evaluate(t) <= target), None)


print("    /// Where those three curves first come down to 1 - q")
print("    static let curveQuantiles: [(quantile: Double, value: Double, low: Double?, high: Double?)] = [")


def text(value):
    return "nil" if value is None else repr(float(value))


print(rows(f"({q!r}, {text(crossing(curve, 1 - q))}, {text(crossing(interval.low, 1 - q))}, "
           f"{text(crossing(interval.high, 1 - q))})" for q in [0.1, 0.25, 0.5, 0.6, 0.75]))
print("    ]")
edges = [0] + sorted(set(FINISHED)) + [40]
area = sum(float(curve.evaluate(a)) * (b - a) for a, b in zip(edges, edges[1:]))
print("    /// The area under the curve up to 40")
print(f"    static let restrictedMean = {area!r}")
print("}")
