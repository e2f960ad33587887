// The header's bytes, both ways. Fields that shape the file must be what the versions known here say, or nothing after
// them can be understood: an error. Any other doubt about the header is a problem, and the events are read.

extension TraceHeader {
    /// Where the fields stand, in bytes from the start of the file.
    enum Offset {
        static let version = 8
        static let headerBytes = 12
        static let recordBytes = 16
        static let chunkBytes = 20
        static let clock = 24
        static let process = 28
        static let start = 32
        static let chunksClaimed = 40
        static let eventsDropped = 48
        static let eventsRecorded = 56
        static let descriptionLength = 64
        static let origin = 68
        static let state = 70
        static let check = 71
    }

    private static let stateClosed: UInt8 = 1

    /// Reads a header.
    ///
    /// - Parameter bytes: A whole header page.
    /// - Returns: The header and what is wrong with it.
    static func decode(_ bytes: [UInt8], path: String) throws(TraceError) -> (TraceHeader, [TraceProblem]) {
        try checkShape(bytes, path: path)
        let clockFound = bytes.number(UInt32.self, at: Offset.clock)
        let version = bytes.number(UInt32.self, at: Offset.version)
        guard let clock = TraceFormat.Clock(rawValue: clockFound), clock.firstVersion <= version else {
            throw TraceError(
                path: path, byteOffset: UInt64(Offset.clock),
                reason: .unsupported(field: "clock", expected: version < 2 ? "0 or 1" : "0 to 2", found: clockFound))
        }
        var problems: [TraceProblem] = []
        func report(_ offset: Int, _ sentence: String) {
            problems.append(
                TraceProblem(path: path, byteOffset: UInt64(offset), kind: .damagedHeader, sentence: sentence))
        }

        let state = bytes[Offset.state]
        let isClosed = state == stateClosed
        if state > stateClosed { report(Offset.state, "expected state 0 or 1, found \(state)") }
        let check = checkFound(in: bytes)
        if check != TraceFormat.check {
            report(
                Offset.check,
                """
                expected the header's bytes to come to \(TraceFormat.check.hexadecimal) by exclusive-or, \
                found \(check.hexadecimal): trust no field of the header
                """)
        }
        let eventsRecorded = bytes.number(UInt64.self, at: Offset.eventsRecorded)
        if !isClosed && eventsRecorded != 0 {
            report(
                Offset.eventsRecorded, "expected no count of events before the trace is closed, found \(eventsRecorded)"
            )
        }
        var length = Int(bytes.number(UInt32.self, at: Offset.descriptionLength))
        if length > TraceFormat.descriptionBytesMaximum {
            report(
                Offset.descriptionLength,
                "expected a description of at most \(TraceFormat.descriptionBytesMaximum) bytes, found \(length)")
            length = 0
        }
        let descriptionBytes = bytes[TraceFormat.descriptionOffset..<TraceFormat.descriptionOffset + length]
        if String(validating: descriptionBytes, as: UTF8.self) == nil {
            report(TraceFormat.descriptionOffset, "expected a description in UTF-8, found bytes that are not")
        }
        let process = bytes.number(UInt32.self, at: Offset.process)
        let start = bytes.number(Int64.self, at: Offset.start)
        if clock == .virtual && process != 0 {
            report(Offset.process, "expected process 0 in virtual time, found \(process)")
        }
        if clock == .virtual && start != 0 {
            report(Offset.start, "expected start 0 in virtual time, found \(start)")
        }
        let originFound = bytes.number(UInt16.self, at: Offset.origin)
        let origin = TraceFormat.Origin(rawValue: originFound)
        if origin == nil { report(Offset.origin, "expected origin 0 or 1, found \(originFound)") }
        let header = TraceHeader(
            version: version, clock: clock, process: process, startNanosecondsSinceEpoch: start,
            chunksClaimed: bytes.number(UInt64.self, at: Offset.chunksClaimed),
            eventsDropped: bytes.number(UInt64.self, at: Offset.eventsDropped),
            eventsRecorded: isClosed ? eventsRecorded : nil,
            description: String(decoding: descriptionBytes, as: UTF8.self), isClosed: isClosed,
            origin: origin ?? .recorder)
        return (header, problems)
    }

    /// The header page.
    func encoded() -> [UInt8] {
        let text = Array(description.utf8)
        precondition(
            text.count <= TraceFormat.descriptionBytesMaximum,
            "description of \(text.count) bytes: at most \(TraceFormat.descriptionBytesMaximum)")
        var bytes = [UInt8](repeating: 0, count: TraceFormat.headerBytes)
        bytes.set(TraceFormat.magicWord, at: 0)
        bytes.set(version, at: Offset.version)
        bytes.set(UInt32(TraceFormat.headerBytes), at: Offset.headerBytes)
        bytes.set(UInt32(TraceFormat.recordBytes), at: Offset.recordBytes)
        bytes.set(UInt32(TraceFormat.chunkBytes), at: Offset.chunkBytes)
        bytes.set(clock.rawValue, at: Offset.clock)
        bytes.set(process, at: Offset.process)
        bytes.set(startNanosecondsSinceEpoch, at: Offset.start)
        bytes.set(chunksClaimed, at: Offset.chunksClaimed)
        bytes.set(eventsDropped, at: Offset.eventsDropped)
        bytes.set(isClosed ? eventsRecorded ?? 0 : 0, at: Offset.eventsRecorded)
        bytes.set(UInt32(text.count), at: Offset.descriptionLength)
        bytes.replaceSubrange(TraceFormat.descriptionOffset..<TraceFormat.descriptionOffset + text.count, with: text)
        bytes.set(origin.rawValue, at: Offset.origin)
        bytes[Offset.state] = isClosed ? Self.stateClosed : 0
        bytes[Offset.check] = Self.checkFound(in: bytes) ^ TraceFormat.check
        return bytes
    }

    private static func checkShape(_ bytes: [UInt8], path: String) throws(TraceError) {
        guard bytes.number(UInt64.self, at: 0) == TraceFormat.magicWord else {
            throw TraceError(path: path, byteOffset: 0, reason: .notATrace(found: Array(bytes.prefix(8))))
        }
        let versions = TraceFormat.versionsRead
        let version = bytes.number(UInt32.self, at: Offset.version)
        guard versions.contains(version) else {
            let expected = "\(versions.lowerBound) to \(versions.upperBound)"
            throw TraceError(
                path: path, byteOffset: UInt64(Offset.version),
                reason: .unsupported(field: "version", expected: expected, found: version))
        }
        let shape: [(field: String, offset: Int, expected: UInt32)] = [
            ("header size", Offset.headerBytes, UInt32(TraceFormat.headerBytes)),
            ("record size", Offset.recordBytes, UInt32(TraceFormat.recordBytes)),
            ("chunk size", Offset.chunkBytes, UInt32(TraceFormat.chunkBytes)),
        ]
        for (field, offset, expected) in shape {
            let found = bytes.number(UInt32.self, at: offset)
            guard found == expected else {
                throw TraceError(
                    path: path, byteOffset: UInt64(offset),
                    reason: .unsupported(field: field, expected: String(expected), found: found))
            }
        }
    }

    /// The exclusive-or of the header's bytes; the three counters count as zero until the trace is closed, because they
    /// change while it is recorded.
    private static func checkFound(in bytes: [UInt8]) -> UInt8 {
        let isClosed = bytes[Offset.state] == stateClosed
        let counters = isClosed ? 0..<0 : Offset.chunksClaimed..<Offset.descriptionLength
        return bytes.withUnsafeBytes { page in
            var sum: UInt64 = 0
            for offset in stride(from: 0, to: TraceFormat.headerBytes, by: 8) where !counters.contains(offset) {
                sum ^= page.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
            }
            return sum.foldedBytes
        }
    }
}

extension UInt8 {
    /// As in `0xa5`.
    var hexadecimal: String { (self < 16 ? "0x0" : "0x") + String(self, radix: 16) }
}

extension [UInt8] {
    /// The little-endian number at the offset.
    func number<Number: FixedWidthInteger>(_ type: Number.Type, at offset: Int) -> Number {
        self[offset..<offset + Number.bitWidth / 8].reversed().reduce(Number(0)) { number, byte in
            number << 8 | Number(truncatingIfNeeded: byte)
        }
    }

    mutating func set<Number: FixedWidthInteger>(_ number: Number, at offset: Int) {
        for index in 0..<Number.bitWidth / 8 {
            self[offset + index] = UInt8(truncatingIfNeeded: number >> Number(8 * index))
        }
    }
}
