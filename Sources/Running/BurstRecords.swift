import Archiving

/// The records that `assay-launcher burst` writes: see `Sources/assay-launcher/burst.c`.
enum BurstRecords {
    /// The first two lines. Version 1: first.
    static let head = """
        # assay burst, version 1
        place,start_ns,elapsed_ns,user_ns,system_ns,peak_bytes,voluntary,involuntary,minor_faults,major_faults

        """

    /// The measurements of all whole lines, in the order of running.
    ///
    /// - Parameter text: It may end in the middle of a line, where its writer was killed; it may be empty for the same reason.
    static func read(_ text: String) throws(ExecutionError) -> [CommandMeasurement] {
        guard text.hasPrefix(head) else {
            if head.hasPrefix(text) { return [] }
            throw .launcher(complaint: "assay-launcher wrote records of another form: build all of it anew")
        }
        var measurements: [CommandMeasurement] = []
        let lines = text.dropFirst(head.count)
        for line in lines[..<(lines.lastIndex(of: "\n") ?? lines.startIndex)].split(separator: "\n") {
            let numbers = line.split(separator: ",", omittingEmptySubsequences: false).compactMap { Int64($0) }
            guard numbers.count == 10, numbers[0] == measurements.count, numbers.allSatisfy({ $0 >= 0 }) else {
                throw .launcher(
                    complaint: "assay-launcher recorded '\(line)', which is no record: build all of it anew")
            }
            measurements.append(
                CommandMeasurement(
                    startNanoseconds: numbers[1], elapsedNanoseconds: numbers[2],
                    resources: ResourceUsage(
                        userNanoseconds: numbers[3], systemNanoseconds: numbers[4], peakResidentBytes: numbers[5],
                        voluntarySwitches: numbers[6], involuntarySwitches: numbers[7], minorFaults: numbers[8],
                        majorFaults: numbers[9])))
        }
        return measurements
    }
}
