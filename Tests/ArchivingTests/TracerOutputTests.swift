import Testing

@testable import Archiving

@Suite("What bpftrace prints")
struct TracerOutputTests {
    /// As bpftrace 0.17 printed it for three requests, shortened.
    static let sample = """
        {"type": "attached_probes", "data": {"probes": 9}}
        __BPFTRACE_NOTIFY_PROBES_ATTACHED

        {"type": "printf", "data": "12 0 7 request-start 1\\n"}
        {"type": "map", "data": {"@events_request_start": 3}}
        {"type": "map", "data": {"@events_request_due": 0}}
        {"type": "map", "data": {"@request_began": {"7": 2934841967959}}}
        {"type": "stats", "data": {"@times_persist": {"count": 2, "average": 60, "total": 121}}}
        {"type": "stats", "data": {"@times_request": {"count": 0, "average": 0, "total": 0}}}
        {"type": "hist", "data": {"@nanoseconds_persist": [{"min": 32, "max": 63, "count": 2}]}}
        {"type": "lost_events", "data": {"events": 5}}
        {"type": "lost_events", "data": {"events": 2}}

        """

    @Test("single numbers, durations, lines and losses are read; keys, histograms and its own words are left")
    func reads() throws {
        let output = try TracerOutput(bytes: Array(Self.sample.utf8))
        #expect(output.counts == ["events_request_start": 3, "events_request_due": 0])
        #expect(Set(output.times.keys) == ["times_persist", "times_request"])
        #expect(output.times["times_persist"] == TracerOutput.Times(count: 2, totalNanoseconds: 121))
        #expect(output.times["times_persist"]?.meanNanoseconds == 60.5)
        #expect(output.times["times_request"]?.meanNanoseconds == nil)
        #expect(output.printedLines == 1)
        #expect(output.lostEvents == 7)
    }

    @Test("nothing printed is nothing counted")
    func empty() throws {
        #expect(try TracerOutput(bytes: []) == TracerOutput())
    }

    @Test(
        "what was cut off is an error, not a small count",
        arguments: [
            ("{\"type\": \"map\", \"data\": {\"@events_request_st", "is no JSON object as bpftrace prints them"),
            ("{\"type\": \"map\"}", "is no JSON object as bpftrace prints them"),
            ("{\"type\": \"map\", \"data\": 3}", "is no map"),
            ("{\"type\": \"lost_events\", \"data\": {}}", "is no lost_events"),
        ])
    func damaged(line: String, complaint: String) {
        let error = #expect(throws: TracerOutputError.self) {
            try TracerOutput(bytes: Array("{\"type\": \"printf\", \"data\": \"\"}\n\(line)\n".utf8))
        }
        #expect(error == TracerOutputError(line: 2, complaint: complaint))
    }
}
