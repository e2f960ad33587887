import Quantities

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What a pass cannot see: something that befalls few of the processes, and none of those that were run.
///
/// Where a share p of the processes is slow, none of n shows it with probability (1 − p)ⁿ. That is above 5 % up to
/// p = 1 − 0.05^(1/n): the exact form of the rule of three (Hanley & Lippman-Hand 1983, doi:10.1001/jama.1983.03330370053031).
/// The interval knows nothing of it, since its spread is that of the processes that were seen.
enum MissableShare {
    /// The largest share that so many processes miss in one of twenty sessions, 0…1.
    static func share(of count: Int) -> Double { count < 1 ? 1 : 1 - pow(0.05, 1 / Double(count)) }

    /// As in `what befalls up to 22 % of the processes can be missed`.
    static func text(_ count: Int) -> String {
        let percent = 100 * share(of: count)
        return
            "what befalls up to \(percent < 10 ? percent.fixed(1) : percent.fixed(0)) % of the processes can be missed"
    }
}
