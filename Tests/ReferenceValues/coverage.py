"""Prints Tests/StatisticsTests/CoverageTruths.swift: what the processes' own percentiles are on average, by simulation.

    python3 Tests/ReferenceValues/coverage.py > Tests/StatisticsTests/CoverageTruths.swift

A process is 700 values of a steady first-order autoregression (0.7, standard deviation 1); 200,000 of them are drawn.
The percentiles are those of Hyndman & Fan's type 8. A process's durations are exp(0.5 * value).
"""

import numpy
from scipy import signal

PROCESSES, VALUES, CORRELATION, SCALE, SEED = 200_000, 700, 0.7, 0.5, 424242

generator = numpy.random.default_rng(SEED)
results = {0.5: [], 0.99: []}
for _ in range(PROCESSES // 2000):
    innovations = generator.standard_normal((2000, VALUES)) * numpy.sqrt(1 - CORRELATION ** 2)
    innovations[:, 0] /= numpy.sqrt(1 - CORRELATION ** 2)
    values = signal.lfilter([1], [1, -CORRELATION], innovations, axis=1)
    for quantile, found in results.items():
        found.append(numpy.exp(SCALE * numpy.quantile(values, quantile, axis=1, method="median_unbiased")))

print(f"// Printed by Tests/ReferenceValues/coverage.py with NumPy {numpy.__version__}: seed {SEED}, {PROCESSES} processes.")
print()
print("/// The expectation of exp(0.5 · percentile) over processes, each with its standard error.")
print("enum CoverageTruths {")
for name, quantile in [("p50", 0.5), ("p99", 0.99)]:
    found = numpy.concatenate(results[quantile])
    print(f"    static let {name} = {float(found.mean())!r}")
    print(f"    static let {name}StandardError = {float(found.std() / numpy.sqrt(len(found))):.2g}")
print("}")
