import Timekeeping

/// A write that the store is asked for.
struct Write: Sendable {
    /// The request that it belongs to, which has taken a permit.
    let request: Request
    /// What it takes by itself.
    let delay: Duration
    /// Who is told of its end: true when it is done, false when the run ended before. Nil for nobody.
    let waiter: Suspension?

    init(request: Request, delay: Duration, waiter: Suspension? = nil) {
        self.request = request
        self.delay = delay
        self.waiter = waiter
    }
}
