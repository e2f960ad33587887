#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// ln(1 + x), exact also where x is small.
func logarithm(onePlus x: Double) -> Double { log1p(x) }
