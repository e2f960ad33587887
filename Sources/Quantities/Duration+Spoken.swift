extension Duration {
    /// As a person says how long something takes: tenths of a second below ten seconds, then the two largest units,
    /// rounded to the smaller of them, as in `0.4 s`, `45 s`, `4 min 30 s` or `3 h 31 min`. A negative one is `0 s`.
    public var spoken: String {
        guard inSeconds >= 0.05 else { return "0 s" }
        guard inSeconds >= 9.95 else { return "\(inSeconds.fixed(1)) s" }
        let seconds = Int64(inSeconds.rounded())
        let minutes = Int64((inSeconds / 60).rounded())
        let parts =
            seconds < 3600
            ? [(seconds / 60, "min"), (seconds % 60, "s")] : [(minutes / 60, "h"), (minutes % 60, "min")]
        return parts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }.joined(separator: " ")
    }
}
