import Importing
import TraceModel

/// Reads a text as a command would: in pieces of a few bytes, line by line.
func imported(_ text: String, _ importer: some EventImporter, limit: Int = 1000) -> ImportedEvents {
    var (importer, events, lines, number) = (
        importer, ImportedEvents(limit: limit), LineSplitter(bytesMaximum: 4096), 0
    )
    func take(_ line: ArraySlice<UInt8>?) {
        number += 1
        guard let line else { return events.refuseLine(number, longerThan: 4096) }
        importer.add(line, number: number, to: &events)
    }
    let bytes = Array(text.utf8)
    for start in stride(from: 0, to: bytes.count, by: 7) {
        lines.add(bytes[start..<min(start + 7, bytes.count)], take)
    }
    lines.finish(take)
    importer.finish(&events)
    return events
}
