// The bakery of Examples/c once more, in Swift: customers are tasks, and an actor hands the two ovens out in the order in
// which they are asked for.
//
//     swift run trace-example --customers 4 --trace trace
//
// Exit status: 0 once the trace is closed, 1 if it cannot be written, 64 for a wrong command line.

import AssayTrace

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Two ovens and whoever waits for one.
actor Ovens {
    private var free = 2
    private var waiting: [CheckedContinuation<Void, Never>] = []

    /// - Parameter isBlocked: Called with whether the customer has to wait, before the wait.
    func take(_ isBlocked: @Sendable (Bool) -> Void) async {
        isBlocked(free == 0)
        guard free == 0 else {
            free -= 1
            return
        }
        await withCheckedContinuation { waiting.append($0) }
    }

    func giveBack() {
        if waiting.isEmpty { free += 1 } else { waiting.removeFirst().resume() }
    }
}

/// One customer: buys, eats and comes again until the bakery closes.
func comeAndGo(_ customer: UInt32, _ ovens: Ovens, _ trace: Trace) async throws {
    var request = UInt64(customer) << 32
    while !Task.isCancelled {
        request += 1
        let number = request
        trace.record(.requestStart, request: number, client: customer)
        await ovens.take { trace.record($0 ? .requestBlock : .requestNonblock, request: number, client: customer) }
        trace.record(.persistStart, request: number, client: customer, value: .milliseconds(2))
        do {
            try await Task.sleep(for: .milliseconds(2), tolerance: .zero)
        } catch {
            // The bakery closes: who waits for this oven must not wait for ever.
            await ovens.giveBack()
            throw error
        }
        trace.record(.persistDone, request: number, client: customer)
        await ovens.giveBack()
        trace.record(.requestDone, request: number, client: customer)
        try await Task.sleep(for: .milliseconds(1), tolerance: .zero)
    }
}

func warn(_ sentence: String) {
    let bytes = Array("trace-example: \(sentence)\n".utf8)
    // Where even this cannot be written nobody can be told.
    if write(STDERR_FILENO, bytes, bytes.count) < 0 { return }
}

func complain(_ sentence: String, status: Int32) -> Never {
    warn(sentence)
    exit(status)
}

var customers: UInt32 = 4
var path: String?
var words = CommandLine.arguments.dropFirst()
while let name = words.popFirst() {
    switch (name, words.popFirst()) {
    case ("--customers", let value?):
        guard let number = UInt32(value), (1...1000).contains(number) else {
            complain("--customers is 1 to 1000, found '\(value)'", status: 64)
        }
        customers = number
    case ("--trace", let value?): path = value
    default: complain("'\(name)' is no option; usage: trace-example --customers N --trace FILE", status: 64)
    }
}
guard let path else { complain("--trace is missing; usage: trace-example --customers N --trace FILE", status: 64) }

let trace: Trace
do throws(TraceError) {
    trace = try Trace(path: path, parameters: ["customers": "\(customers)"])
} catch {
    complain("\(error)", status: 1)
}
let ovens = Ovens()
await withTaskGroup(of: Void.self) { [customers] group in
    for customer in 0..<customers {
        group.addTask {
            do {
                try await comeAndGo(customer, ovens, trace)
            } catch {
                // Cancelled: the bakery has closed.
                return
            }
        }
    }
    do {
        try await Task.sleep(for: .milliseconds(200))
        trace.record(.measurementStart)
        try await Task.sleep(for: .seconds(1))
    } catch {
        complain("stopped", status: 1)
    }
    trace.record(.measurementEnd)
    group.cancelAll()
}
let report = trace.finish()
for warning in report.warnings { warn(warning) }
print("{\"eventsRecorded\": \(report.eventsRecorded), \"eventsDropped\": \(report.eventsDropped)}")
