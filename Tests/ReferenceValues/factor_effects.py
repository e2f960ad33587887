"""Prints Tests/StatisticsTests/FactorValues.swift: effects of a 2 x 3 x 2 experiment by NumPy and SciPy, kept as data.

    python3 Tests/ReferenceValues/factor_effects.py > Tests/StatisticsTests/FactorValues.swift
"""

import numpy
import scipy
from scipy import stats

generator = numpy.random.default_rng(5)
BLOCKS = 5
effects = numpy.array([0.0, 1.0]).reshape(1, 2, 1, 1) + numpy.array([0.0, 0.4, 2.0]).reshape(1, 1, 3, 1)
noise = generator.standard_normal((BLOCKS, 2, 3, 2)) + 4 * generator.standard_normal((BLOCKS, 1, 1, 1))
VALUES = numpy.round(30 + effects + noise, 2)


def centred(values, axis):
    return values - values.mean(axis=axis, keepdims=True)


def row(levels, contrasts):
    test = stats.ttest_1samp(contrasts, 0)
    interval = test.confidence_interval(0.95)
    pairs = ", ".join(f"({factor}, {level})" for factor, level in levels)
    return (f"        ([{pairs}], {float(contrasts.mean())!r}, {float(interval.low)!r}, {float(interval.high)!r}, "
            f"{float(test.pvalue)!r}),")


def effect_rows(values):
    """An effect is the mean over the other factors, centred along each of its own."""
    for factor, levels in enumerate([2, 3, 2]):
        others = tuple(axis for axis in (1, 2, 3) if axis != factor + 1)
        table = centred(values.mean(axis=others), 1)
        yield from (row([(factor, level)], table[:, level]) for level in range(levels))
    for first, second in [(0, 1), (0, 2), (1, 2)]:
        other = ({1, 2, 3} - {first + 1, second + 1}).pop()
        table = centred(centred(values.mean(axis=other), 1), 2)
        yield from (row([(first, i), (second, j)], table[:, i, j])
                    for i in range(table.shape[1]) for j in range(table.shape[2]))


print(f"// Printed by Tests/ReferenceValues/factor_effects.py with SciPy {scipy.__version__} and NumPy "
      f"{numpy.__version__}.")
print()
print("enum FactorValues {")
print("    /// By block, and by the levels of a factor of 2, one of 3 and one of 2.")
print("    static let values: [[[[Double]]]] = [")
print("\n".join(f"        {block}," for block in VALUES.tolist()))
print("    ]")
print("    typealias Row = (levels: [(Int, Int)], value: Double, low: Double, high: Double, probability: Double)")
print("    /// `stats.ttest_1samp` of the blocks' contrasts; main effects, then interactions")
print("    static let effects: [Row] = [")
print("\n".join(effect_rows(VALUES)))
print("    ]")
print("    /// The same of the logarithms")
print("    static let logarithmicEffects: [Row] = [")
print("\n".join(effect_rows(numpy.log(VALUES))))
print("    ]")
print("}")
