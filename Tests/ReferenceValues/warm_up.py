"""Prints Tests/StatisticsTests/WarmUpValues.swift: changes of level by ruptures, trends by SciPy, kept as data.

    python3 Tests/ReferenceValues/warm_up.py > Tests/StatisticsTests/WarmUpValues.swift

Needs `ruptures` (Truong, Oudre & Vayatis 2020) beside NumPy and SciPy.
"""

import math

import numpy
import ruptures
import scipy
from scipy import stats

FLOOR = 0.01


class NormalCost(ruptures.base.BaseCost):
    """-2 ln likelihood of a stretch at its best mean and variance, the variance no smaller than the floor."""

    model = "normal with a floor"
    min_size = 2

    def fit(self, signal):
        self.signal = signal
        return self

    def error(self, start, end):
        values = self.signal[start:end].ravel()
        variance = max(values.var(), FLOOR)
        return len(values) * math.log(variance) + ((values - values.mean()) ** 2).sum() / variance


def changes(values, penalty):
    search = ruptures.Pelt(custom_cost=NormalCost(), min_size=2, jump=1).fit(numpy.array(values).reshape(-1, 1))
    return search.predict(pen=penalty)[:-1]


def rounded(values):
    return [round(float(value), 2) for value in values]


generator = numpy.random.default_rng(20)
normal = generator.standard_normal
SERIES = [
    rounded(10 + normal(70)),
    rounded(numpy.concatenate([25 + normal(12), 10 + normal(50)])),
    rounded(numpy.concatenate([10 + normal(30), 10 + 6 * normal(25), 13 + normal(20)])),
    rounded(numpy.concatenate([[80.0, 60.0], 10 + 0.3 * normal(30), 12 + 0.3 * normal(30)])),
]


def rows(values):
    return "\n".join("        " + value + "," for value in values)


print(f"// Printed by Tests/ReferenceValues/warm_up.py with ruptures {ruptures.__version__} and SciPy "
      f"{scipy.__version__}.")
print()
print("enum WarmUpValues {")
print("    static let series: [[Double]] = [")
print(rows(str(series) for series in SERIES))
print("    ]")
print(f"    static let varianceFloor = {FLOOR!r}")
print("    /// `ruptures.Pelt` with a normal cost of mean and variance, shortest stretch 2; penalty times ln n")
print("    static let changes: [(series: Int, penaltyFactor: Double, changes: [Int])] = [")
print(rows(f"({index}, {factor!r}, {[int(c) for c in changes(series, factor * math.log(len(series)))]})"
           for index, series in enumerate(SERIES) for factor in [1.5, 3.0, 15.0]))
print("    ]")
TRENDS = [rounded(5 + 0.1 * numpy.arange(24) + normal(24)), [3.0, 3.0, 4.0, 5.0, 5.0, 5.0, 7.0, 6.0, 3.0, 8.0, 9.0]]


def mann_kendall(values):
    """Two-sided, with ties and the correction for continuity; S from SciPy's tau-b."""
    count = len(values)
    ties = [int(c) for c in numpy.unique(values, return_counts=True)[1]]
    pairs = count * (count - 1) / 2
    tied = sum(c * (c - 1) / 2 for c in ties)
    score = round(float(stats.kendalltau(range(count), values).statistic) * math.sqrt(pairs * (pairs - tied)))
    variance = (count * (count - 1) * (2 * count + 5) - sum(c * (c - 1) * (2 * c + 5) for c in ties)) / 18
    return 2 * float(stats.norm.sf(max(0, abs(score) - 1) / math.sqrt(variance)))


print("    /// `stats.theilslopes`; Mann's and Kendall's test from `stats.kendalltau`")
print("    static let trends: [(values: [Double], slope: Double, probability: Double)] = [")
print(rows(f"({values}, {float(stats.theilslopes(values).slope)!r}, {mann_kendall(values)!r})" for values in TRENDS))
print("    ]")
print("}")
