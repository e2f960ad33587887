// A line of `perf script --ns` on the simulator's probes, or on probes of the same names and arguments in another program:
//
//     system-simulato 21873 [001] 93116.034218441: sdt_isim:persist__start: (55f0c4d1a2b6) arg1=17 arg2=3 arg3=50000000
//
// The first word may hold blanks; the thread stands before the CPU, or before the time where `-F` left the CPU out; the time is
// seconds of the clock that perf was told to use (`-k CLOCK_MONOTONIC`). arg1 is the request, arg2 the client, arg3 the value.

import TraceModel

/// Reads events from the output of `perf script`.
public struct PerfScriptImporter: EventImporter {
    private static let kinds = Dictionary(
        uniqueKeysWithValues: EventKind.allCases.map { (Array($0.name.utf8), $0) })

    public init() {}

    public mutating func add(_ line: ArraySlice<UInt8>, number: Int, to events: inout ImportedEvents) {
        let words = line.split { $0 == 0x20 || $0 == 0x09 }
        guard let first = words.first, first.first != UInt8(ascii: "#") else { return events.skipLine() }
        if let lost = Self.lost(words) {
            events.lostBySource = events.lostBySource.addingUpToMaximum(lost)
            return
        }
        guard let place = words.firstIndex(where: { Self.probe($0) != nil }), let name = Self.probe(words[place]) else {
            return events.skipLine()
        }
        guard let kind = Self.kinds[name] else { return events.skipLine() }
        guard place >= 2, let time = Self.nanoseconds(words[place - 1]) else {
            return events.complain(
                "expected a time in seconds before the probe, as in 93116.034218441; use perf script --ns", line: number
            )
        }
        var before = place - 2
        var cpu: UInt16 = 0
        if words[before].first == UInt8(ascii: "["), words[before].last == UInt8(ascii: "]") {
            guard let found = UInt16(Self.text(words[before].dropFirst().dropLast())), before > 0 else {
                return events.complain("expected a CPU in brackets behind the thread, as in 4711 [001]", line: number)
            }
            cpu = found
            before -= 1
        }
        // As perf script prints it with -F pid,tid: the thread is behind the slash.
        guard let thread = words[before].split(separator: UInt8(ascii: "/")).last.flatMap({ UInt32(Self.text($0)) })
        else {
            return events.complain(
                "expected a thread before the time; do not leave out tid in perf script -F", line: number)
        }
        let arguments = words[(place + 1)...]
        guard let request = Self.argument("arg1", arguments), let client = Self.argument("arg2", arguments),
            let value = Self.argument("arg3", arguments), let small = UInt32(exactly: client)
        else {
            return events.complain("expected arg1, arg2 and arg3: request, client and value", line: number)
        }
        events.append(
            Event(
                nanoseconds: time, kind: kind, request: request, client: small, thread: thread, cpu: cpu,
                value: Int64(bitPattern: value)), line: number)
    }

    public mutating func finish(_ events: inout ImportedEvents) {}

    /// The name of a probe from `sdt_isim:persist__start:`, with hyphens for its underscores, without the number that perf
    /// appends to the second probe of one name; nil for words that are none.
    private static func probe(_ word: ArraySlice<UInt8>) -> [UInt8]? {
        guard word.last == UInt8(ascii: ":"), let colon = word.firstIndex(of: UInt8(ascii: ":")),
            colon > word.startIndex, colon < word.endIndex - 1
        else { return nil }
        var name = Array(word[(colon + 1)..<(word.endIndex - 1)])
        if let under = name.lastIndex(of: UInt8(ascii: "_")), under > 0, name[under - 1] != UInt8(ascii: "_"),
            under + 1 < name.count, name[(under + 1)...].allSatisfy({ (0x30...0x39).contains($0) })
        {
            name.removeSubrange(under...)
        }
        var hyphened: [UInt8] = []
        for byte in name {
            if byte == UInt8(ascii: "_"), hyphened.last == UInt8(ascii: "-") { continue }
            hyphened.append(byte == UInt8(ascii: "_") ? UInt8(ascii: "-") : byte)
        }
        return hyphened
    }

    /// From `… PERF_RECORD_LOST lost 17`, or LOST_SAMPLES: how many perf lost.
    private static func lost(_ words: [ArraySlice<UInt8>]) -> UInt64? {
        guard words.contains(where: { text($0).hasPrefix("PERF_RECORD_LOST") }),
            let place = words.firstIndex(where: { text($0) == "lost" }), place + 1 < words.count
        else { return nil }
        return UInt64(text(words[place + 1]))
    }

    /// Seconds with up to nine decimals and a colon behind them.
    private static func nanoseconds(_ word: ArraySlice<UInt8>) -> Int64? {
        guard word.last == UInt8(ascii: ":") else { return nil }
        let parts = text(word.dropLast()).split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, (1...9).contains(parts[1].count), parts.allSatisfy({ $0.allSatisfy(\.isNumber) }),
            let seconds = Int64(parts[0]),
            let decimals = Int64(parts[1] + String(repeating: "0", count: 9 - parts[1].count))
        else { return nil }
        let (whole, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        return overflow || whole > .max - decimals ? nil : whole + decimals
    }

    private static func argument(_ name: String, _ words: ArraySlice<ArraySlice<UInt8>>) -> UInt64? {
        let start = Array("\(name)=".utf8)
        guard let word = words.first(where: { $0.starts(with: start) }) else { return nil }
        let digits = text(word.dropFirst(start.count))
        if digits.hasPrefix("0x") { return UInt64(digits.dropFirst(2), radix: 16) }
        return UInt64(digits) ?? Int64(digits).map(UInt64.init(bitPattern:))
    }

    private static func text(_ bytes: ArraySlice<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }
}
