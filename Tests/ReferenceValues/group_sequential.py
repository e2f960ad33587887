"""Prints Tests/StatisticsTests/GroupSequentialValues.swift: bounds of group-sequential tests, and sign-flip probabilities.

    python3 Tests/ReferenceValues/group_sequential.py > Tests/StatisticsTests/GroupSequentialValues.swift

Each bound is found by a root search over P(Z1 < b1, ..., Zk < bk), with correlations sqrt(ti/tj) between looks. That is
Gauss-Legendre quadrature with 400 nodes on the range of each step, which shares no code, grid or rule with the Swift one;
for two looks it is held here against SciPy's bivariate normal. The permutation tests are SciPy's, of all sign flips.
"""

import numpy
import scipy
from scipy import optimize, stats

NODES, WEIGHTS = numpy.polynomial.legendre.leggauss(400)


def spent(kind, alpha, t):
    if kind == "obrienFleming":
        return 2 * stats.norm.sf(stats.norm.isf(alpha / 2) / numpy.sqrt(t))
    return alpha * t ** kind


def bounds(kind, alpha, fractions):
    found, before, time, places, masses = [], 0.0, 0.0, numpy.array([0.0]), numpy.array([1.0])
    for t in fractions:
        target, step = spent(kind, alpha, t) - before, numpy.sqrt(t - time)
        crossing = lambda b: float(masses @ stats.norm.sf((b * numpy.sqrt(t) - places) / step)) - target
        bound = optimize.brentq(crossing, -2, 12, xtol=1e-13, rtol=1e-14)
        found.append(bound)
        low, high = -9 * numpy.sqrt(t), bound * numpy.sqrt(t)
        new = (high - low) / 2 * NODES + (high + low) / 2
        density = stats.norm.pdf((new[:, None] - places[None, :]) / step) / step @ masses
        places, masses, time, before = new, density * WEIGHTS * (high - low) / 2, t, before + target
    return found


for kind in ["obrienFleming", 1.5]:
    first, second = bounds(kind, 0.025, [0.5, 1.0])
    inside = stats.multivariate_normal([0, 0], [[1, 0.5 ** 0.5], [0.5 ** 0.5, 1]]).cdf([first, second])
    assert abs(1 - inside - 0.025) < 1e-7, inside

CASES = [
    ("obrienFleming", 0.025, [0.2, 0.4, 0.6, 0.8, 1.0]),
    ("obrienFleming", 0.005, [0.3, 0.35, 0.7, 1.0]),
    (1.0, 0.025, [0.2, 0.4, 0.6, 0.8, 1.0]),
    (1.5, 0.025, [n / 60 for n in range(12, 61, 6)]),
    (1.5, 0.05, [n / 30 for n in range(12, 31, 6)]),
    (1.5, 0.025 / 40, [n / 60 for n in range(12, 61, 6)]),
    (3.0, 0.025, [0.25, 0.5, 0.75, 1.0]),
]
DIFFERENCES = [0.9, -0.4, 1.7, 0.3, 2.2, -0.1, 1.1, 0.6, -0.8, 1.4, 0.2, 0.7]

print(f"// Printed by Tests/ReferenceValues/group_sequential.py with SciPy {scipy.__version__} and NumPy {numpy.__version__}.")
print()
print("import Statistics")
print()
print("enum GroupSequentialValues {")
print("    struct Case: Sendable {")
print("        let spending: GroupSequentialBounds.Spending")
print("        let errorRate: Double")
print("        let fractions: [Double]")
print("        let bounds: [Double]")
print("    }")
print()
print("    static let cases: [Case] = [")
for kind, alpha, fractions in CASES:
    name = ".obrienFleming" if kind == "obrienFleming" else f".power({kind})"
    print(f"        Case(")
    print(f"            spending: {name}, errorRate: {alpha!r},")
    print(f"            fractions: [\n                " + ",\n                ".join(repr(f) for f in fractions) + ",\n            ],")
    print(f"            bounds: [\n                " + ",\n                ".join(repr(b) for b in bounds(kind, alpha, fractions)) + ",\n            ]),")
print("    ]")
print(f"    static let differences: [Double] = {DIFFERENCES}")
print("    /// `stats.permutation_test((differences − mean,), numpy.mean, permutation_type=\"samples\", alternative=\"greater\")`")
print("    static let signFlips: [(mean: Double, probability: Double)] = [")
for mean in [0.0, 0.2, 0.5, 1.0]:
    shifted = numpy.array(DIFFERENCES) - mean
    test = stats.permutation_test((shifted,), numpy.mean, permutation_type="samples", alternative="greater", n_resamples=numpy.inf)
    print(f"        ({mean!r}, {float(test.pvalue)!r}),")
print("    ]")
print("}")
