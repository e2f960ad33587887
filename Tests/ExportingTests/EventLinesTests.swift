import Testing
import TraceModel

@testable import Exporting

@Suite("Events as lines")
struct EventLinesTests {
    private func text(_ exporter: some EventExporter, _ events: [Event]) -> String {
        var exporter = exporter
        var bytes: [UInt8] = []
        exporter.export(events) { bytes += $0 }
        return String(decoding: bytes, as: UTF8.self)
    }

    private let extreme = Event(
        nanoseconds: .max, kind: .requestDue, request: .max, client: .max, thread: .max, cpu: .max, value: .min)

    @Test("CSV has a line of titles and whole numbers, the largest too")
    func csv() {
        #expect(
            text(CSVEvents(), [wanderer()[2], extreme])
                == """
                nanoseconds,kind,request,client,thread,cpu,value
                1600000,persist-start,7,3,4712,1,50000000
                9223372036854775807,request-due,18446744073709551615,4294967295,4294967295,65535,-9223372036854775808

                """)
    }

    @Test("JSON lines begin with what the trace says of itself")
    func json() {
        #expect(
            text(JSONLinesEvents(header: header(description: "{\"a\":\"\\\u{1}\"}")), [wanderer()[2], extreme])
                == #"""
                {"schema":"assay-events","version":1,"clock":"monotonic","process":4711,"startNanosecondsSinceEpoch":1700000000500000000,"eventsDropped":2,"description":"{\"a\":\"\\\u0001\"}"}
                {"nanoseconds":1600000,"kind":"persist-start","request":7,"client":3,"thread":4712,"cpu":1,"value":50000000}
                {"nanoseconds":9223372036854775807,"kind":"request-due","request":18446744073709551615,"client":4294967295,"thread":4294967295,"cpu":65535,"value":-9223372036854775808}

                """#)
    }

    @Test("pieces are taken away before they grow, and none is lost")
    func pieces() {
        var exporter = CSVEvents()
        var sizes: [Int] = []
        var lines = 0
        exporter.export(crowd(1000)) { piece in
            sizes.append(piece.count)
            lines += piece.count { $0 == UInt8(ascii: "\n") }
        }
        #expect(lines == 6001)
        #expect(sizes.count > 3)
        #expect(sizes.allSatisfy { $0 < 66_000 })
    }
}
