/// When the clients of a closed loop make their first requests.
struct ClosedStart: Sendable {
    let mode: SystemParameters.StartMode
    let thinkTimeMean: Duration
    let clientCount: Int

    /// How long after the start of the run the client of this number begins.
    func delay(of number: UInt32) -> Duration {
        switch mode {
        case .herd: .zero
        case .staggered: thinkTimeMean * Int(number) / clientCount
        }
    }
}
