import Testing
import TraceModel

@testable import Importing

@Suite("Importing JSON lines")
struct JSONLinesImporterTests {
    @Test("an event has all its fields, and what is left out is 0")
    func fields() {
        let events = imported(
            """
            {"nanoseconds": 5, "kind": "persist-start", "request": 18446744073709551615, "client": 3, "thread": 4712, "cpu": 1, "value": -7}

            {"kind": "measurement-start", "nanoseconds": 9}
            """, JSONLinesImporter())
        #expect(
            events.events == [
                Event(
                    nanoseconds: 5, kind: .persistStart, request: .max, client: 3, thread: 4712, cpu: 1, value: -7),
                Event(nanoseconds: 9, kind: .measurementStart),
            ])
        #expect(events.lostCount == 0)
        #expect(events.otherLineCount == 1)
    }

    @Test("the first line says what the source says of itself")
    func header() {
        let events = imported(
            """
            {"schema":"assay-events","version":1,"clock":"virtual","eventsDropped":4,"description":"{}"}
            {"nanoseconds":1,"kind":"request-start"}
            """, JSONLinesImporter())
        #expect(events.source?.clock == .virtual)
        #expect(events.source?.description == "{}")
        #expect(events.lostCount == 4)
        #expect(events.events.count == 1)
    }

    @Test(
        "what is no event is refused with its line and what it should have been",
        arguments: [
            ("[]", "expected an object, found an array"),
            ("x", "byte 0: expected a value"),
            (
                #"{"kind":"request-strat","nanoseconds":1}"#,
                "'request-strat' is no kind of event; did you mean 'request-start'?"
            ),
            (
                #"{"kind":"zzz","nanoseconds":1}"#,
                "'zzz' is no kind of event; the kinds are those of docs/trace-format.md"
            ),
            (#"{"nanoseconds":1}"#, "expected 'kind' with the name of an event, as in \"request-start\""),
            (#"{"kind":"request-start"}"#, "expected 'nanoseconds', the time of the event"),
            (
                #"{"kind":"request-start","nanoseconds":1,"cleint":2}"#,
                "'cleint' is no member of an event; did you mean 'client'?"
            ),
            (#"{"kind":"request-start","nanoseconds":-1}"#, "the time -1 is negative; write nanoseconds from 0 on"),
            (
                #"{"kind":"request-start","nanoseconds":1.5}"#,
                "expected 'nanoseconds' as a whole number from -9223372036854775808 to 9223372036854775807"
            ),
            (
                #"{"kind":"request-start","nanoseconds":1,"cpu":70000}"#,
                "expected 'cpu' as a whole number from 0 to 65535"
            ),
            (
                #"{"kind":"request-start","nanoseconds":1,"client":"3"}"#,
                "expected 'client' as a whole number from 0 to 4294967295"
            ),
            (
                #"{"kind":"request-due","nanoseconds":1,"value":-3}"#,
                "the lateness -3 of a request-due is negative; write how many nanoseconds ago it was due"
            ),
            (
                #"{"kind":"request-start","nanoseconds":1,"nanoseconds":2}"#,
                "'nanoseconds' stands there twice; write each member once"
            ),
            (
                #"{"schema":"assay-events","version":"1"}"#,
                "expected the schema 'assay-events' of version 1; export the trace with a harness of the same release"
            ),
            (
                #"{"schema":"other","version":1}"#,
                "expected the schema 'assay-events' of version 1; export the trace with a harness of the same release"
            ),
            (
                #"{"schema":"assay-events","version":2}"#,
                "expected the schema 'assay-events' of version 1; export the trace with a harness of the same release"
            ),
            (
                #"{"schema":"assay-events","version":1}"#,
                "expected the line with 'schema' before all events; import one file at a time"
            ),
        ])
    func refuses(line: String, sentence: String) {
        let events = imported(#"{"nanoseconds":0,"kind":"request-start"}"# + "\n\(line)\n", JSONLinesImporter())
        #expect(events.complaints.map(\.description) == ["line 2: \(sentence)"])
        #expect(events.unreadableCount == 1)
        #expect(events.lostCount == 1)
        #expect(events.events.count == 1)
    }

    @Test("in virtual time there are no threads")
    func virtualThreads() {
        let events = imported(
            """
            {"schema":"assay-events","version":1,"clock":"virtual"}
            {"nanoseconds":1,"kind":"request-start","thread":5}
            """, JSONLinesImporter())
        #expect(events.complaints.map(\.line) == [2])
    }

    @Test("any disorder is put into order, and events of one time keep theirs")
    func disorder() {
        let times = [5, 3, 9, 3, 3, 1]
        let text = times.enumerated().map { #"{"nanoseconds":\#($1),"kind":"request-start","request":\#($0)}"# }
        let events = imported(text.joined(separator: "\n"), JSONLinesImporter())
        #expect(events.disorderCount == 3)
        #expect(events.sorted().map(\.request) == [5, 1, 3, 4, 0, 2])
    }

    @Test("only three complaints are kept, and all are counted")
    func complaints() {
        let events = imported(String(repeating: "x\n", count: 10), JSONLinesImporter())
        #expect(events.unreadableCount == 10)
        #expect(events.complaints.map(\.line) == [1, 2, 3])
    }

    @Test("what does not fit is counted as lost")
    func overflow() {
        let line = #"{"nanoseconds":1,"kind":"request-start"}"# + "\n"
        let events = imported(String(repeating: line, count: 12), JSONLinesImporter(), limit: 10)
        #expect(events.events.count == 10)
        #expect(events.overflowCount == 2)
        #expect(events.lostCount == 2)
    }

    @Test("a line longer than is allowed is lost, said with its number, and counted for those after it")
    func tooLong() {
        let events = imported(String(repeating: "x", count: 5000) + "\nx\n", JSONLinesImporter())
        #expect(events.unreadableCount == 2)
        #expect(
            events.complaints.map(\.description) == [
                "line 1: it is longer than 4096 bytes; write one event a line", "line 2: byte 0: expected a value",
            ])
    }

    @Test("a source that lost more than can be counted does not seem to have lost nothing")
    func saturates() {
        let events = imported(
            #"{"schema":"assay-events","version":1,"eventsDropped":18446744073709551615}"# + "\nx\n",
            JSONLinesImporter())
        #expect(events.lostCount == .max)
    }
}
