/// What a reader has to be told where durations from the actual and from the intended start stand side by side.
enum OpenLoop {
    /// The assumption, as one sentence.
    ///
    /// - Parameter quote: What stands around the names of stages.
    static func assumption(quote: String = "") -> String {
        let (request, response) = ("\(quote)request\(quote)", "\(quote)response\(quote)")
        return """
            \(request) counts from the instant at which a client sent the request, \(response) from the instant at which \
            the load's schedule called for it: \(response) assumes users who come by the schedule whether or not the \
            system keeps up, and \(request) leaves out their wait for a free client (coordinated omission).
            """
    }
}
