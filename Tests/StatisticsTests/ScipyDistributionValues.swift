// Printed by Tests/ReferenceValues/distribution.py with SciPy 1.17.1.

enum ScipyDistributionValues {
    /// `stats.norm.ppf(p)`
    static let normalQuantiles: [(probability: Double, z: Double)] = [
        (1e-12, -7.034483825301131),
        (0.001, -3.090232306167813),
        (0.025, -1.9599639845400545),
        (0.3, -0.5244005127080409),
        (0.5, 0.0),
        (0.9, 1.2815515655446004),
        (0.975, 1.959963984540054),
        (0.9995, 3.2905267314919255),
    ]
    /// Equal-tailed ranks by `stats.binom.ppf` and `isf`; the least width that any pair of ranks can have.
    static let ranks: [(count: Int, quantile: Double, confidence: Double, lower: Int, upper: Int, leastWidth: Int?)] = [
        (11, 0.5, 0.95, 2, 10, 7),
        (50, 0.5, 0.95, 18, 33, 14),
        (64, 0.9, 0.95, 53, 63, 10),
        (100, 0.9, 0.95, 84, 96, 12),
        (299, 0.5, 0.99, 127, 173, 45),
        (662, 0.99, 0.95, 650, 661, 10),
        (700, 0.99, 0.9, 688, 698, 9),
        (10000, 0.99, 0.95, 9880, 9920, nil),
        (100000, 0.999, 0.95, 99880, 99920, nil),
        (10000000, 0.5, 0.95, 4996901, 5003100, nil),
        (10000000, 0.999, 0.99, 9989742, 9990258, nil),
    ]
    /// P(lower <= Binomial(n, q) <= upper - 1) by `stats.binom`
    static let coverages: [(count: Int, quantile: Double, lower: Int, upper: Int, probability: Double)] = [
        (50, 0.5, 18, 33, 0.9671608624357315),
        (64, 0.9, 53, 63, 0.9668067414004192),
        (10000000, 0.5, 4996901, 5003100, 0.9500387929673899),
    ]
    static let finished: [Int64] = [3, 5, 5, 6, 8, 11, 11, 11, 14, 19, 25, 31]
    static let censored: [Int64] = [5, 7, 11, 12, 20, 20, 40]
    /// `stats.ecdf(CensoredData.right_censored(…)).sf` and its log-log interval
    static let curve: [(nanoseconds: Int64, survival: Double, low: Double, high: Double)] = [
        (3, 0.9473684210526315, 0.6811867998062867, 0.992414635519268),
        (4, 0.9473684210526315, 0.6811867998062867, 0.992414635519268),
        (5, 0.8421052631578947, 0.5865036673745057, 0.9461556040289212),
        (6, 0.7859649122807018, 0.5249245242405941, 0.9139307011547995),
        (10, 0.725506072874494, 0.4592008105190474, 0.8760748596447314),
        (11, 0.5441295546558704, 0.2894440877312155, 0.7417647452763337),
        (14, 0.4663967611336032, 0.21773242617027055, 0.6827703980573647),
        (20, 0.388663967611336, 0.1562520539939608, 0.6180890404162093),
        (25, 0.25910931174089064, 0.05606080071445573, 0.5309982885435902),
        (31, 0.12955465587044532, 0.008668499183533391, 0.4149381927433609),
        (40, 0.12955465587044532, 0.008668499183533391, 0.4149381927433609),
    ]
    /// Where those three curves first come down to 1 - q
    static let curveQuantiles: [(quantile: Double, value: Double, low: Double?, high: Double?)] = [
        (0.1, 5.0, 3.0, 8.0),
        (0.25, 8.0, 3.0, 11.0),
        (0.5, 14.0, 8.0, 31.0),
        (0.6, 19.0, 11.0, nil),
        (0.75, 31.0, 14.0, nil),
    ]
    /// The area under the curve up to 40
    static let restrictedMean = 18.50229419703104
}
