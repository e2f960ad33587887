// Printed by Tests/ReferenceValues/coverage.py with NumPy 2.4.6: seed 424242, 200000 processes.

/// The expectation of exp(0.5 · percentile) over processes, each with its standard error.
enum CoverageTruths {
    static let p50 = 1.0010624286342615
    static let p50StandardError = 0.00011
    static let p99 = 3.205124040609485
    static let p99StandardError = 0.00072
}
