// Printed by Tests/ReferenceValues/group_sequential.py with SciPy 1.17.1 and NumPy 2.4.6.

import Statistics

enum GroupSequentialValues {
    struct Case: Sendable {
        let spending: GroupSequentialBounds.Spending
        let errorRate: Double
        let fractions: [Double]
        let bounds: [Double]
    }

    static let cases: [Case] = [
        Case(
            spending: .obrienFleming, errorRate: 0.025,
            fractions: [
                0.2,
                0.4,
                0.6,
                0.8,
                1.0,
            ],
            bounds: [
                4.876884948790762,
                3.3570119215746304,
                2.680280064544994,
                2.2898167677123515,
                2.031032043491141,
            ]),
        Case(
            spending: .obrienFleming, errorRate: 0.005,
            fractions: [
                0.3,
                0.35,
                0.7,
                1.0,
            ],
            bounds: [
                4.992725563943081,
                4.612579977720197,
                3.1585687364117225,
                2.5939182764679614,
            ]),
        Case(
            spending: .power(1.0), errorRate: 0.025,
            fractions: [
                0.2,
                0.4,
                0.6,
                0.8,
                1.0,
            ],
            bounds: [
                2.5758293035489013,
                2.491969213676719,
                2.410825217919218,
                2.33914488196631,
                2.2755228266327405,
            ]),
        Case(
            spending: .power(1.5), errorRate: 0.025,
            fractions: [
                0.2,
                0.3,
                0.4,
                0.5,
                0.6,
                0.7,
                0.8,
                0.9,
                1.0,
            ],
            bounds: [
                2.8427840574042706,
                2.786738077246829,
                2.682942188746662,
                2.589996405083602,
                2.50716922628367,
                2.4323496476944713,
                2.363882941302072,
                2.3005531473706116,
                2.2414575013855944,
            ]),
        Case(
            spending: .power(1.5), errorRate: 0.05,
            fractions: [
                0.4,
                0.6,
                0.8,
                1.0,
            ],
            bounds: [
                2.2368182497645113,
                2.1274788897675436,
                1.9807245494153838,
                1.847893173087237,
            ]),
        Case(
            spending: .power(1.5), errorRate: 0.000625,
            fractions: [
                0.2,
                0.3,
                0.4,
                0.5,
                0.6,
                0.7,
                0.8,
                0.9,
                1.0,
            ],
            bounds: [
                3.86343555541461,
                3.8550261990611,
                3.789285721488222,
                3.7305358965046667,
                3.678739034242097,
                3.632478148359217,
                3.5906243024462987,
                3.552347062249024,
                3.5170297587159927,
            ]),
        Case(
            spending: .power(3.0), errorRate: 0.025,
            fractions: [
                0.25,
                0.5,
                0.75,
                1.0,
            ],
            bounds: [
                3.3593537179342787,
                2.7603970240904645,
                2.359363415541524,
                2.0293006665416975,
            ]),
    ]
    static let differences: [Double] = [0.9, -0.4, 1.7, 0.3, 2.2, -0.1, 1.1, 0.6, -0.8, 1.4, 0.2, 0.7]
    /// `stats.permutation_test((differences − mean,), numpy.mean, permutation_type="samples", alternative="greater")`
    static let signFlips: [(mean: Double, probability: Double)] = [
        (0.0, 0.0146484375),
        (0.2, 0.05517578125),
        (0.5, 0.291748046875),
        (1.0, 0.907958984375),
    ]
}
