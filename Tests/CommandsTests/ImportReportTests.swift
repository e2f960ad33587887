import Importing
import Testing

@testable import Commands

@Suite("What is said of an import")
struct ImportReportTests {
    private func report(_ lines: [String]) -> ImportReport {
        var (importer, events) = (JSONLinesImporter(), ImportedEvents())
        for (index, line) in lines.enumerated() { importer.add(Array(line.utf8)[...], number: index + 1, to: &events) }
        return ImportReport(events, file: "lines", source: "json-lines")
    }

    private let event = #"{"nanoseconds": 1, "kind": "request-start"}"#

    @Test("one event is one event, and two are two")
    func counts() {
        #expect(report([event]).sentence == "1 event")
        #expect(report([event, ""]).sentence == "1 event; 1 line or span is none")
        #expect(report([event, event, "", ""]).sentence == "2 events; 2 lines or spans are none")
        let lossy = #"{"schema": "assay-events", "version": 1, "eventsDropped": 1}"#
        #expect(report([lossy, event]).warnings == ["its source lost 1 event"])
    }
}
