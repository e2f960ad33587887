#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// ln(1 + x), exact also where x is small.
func logarithm(onePlus x: Double) -> Double { log1p(x) }

/// eˣ − 1, exact also where x is small.
func exponential(lessOne x: Double) -> Double { expm1(x) }

/// eˣ.
func exponential(_ x: Double) -> Double { exp(x) }
