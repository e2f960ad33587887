/// The numbers of the trace format, version 2. `docs/trace-format.md` describes it byte by byte.
///
/// History. 1: the first. 2: the kind `request-due` (8) and virtual time (clock 2); nothing else differs. The header's origin was
/// zero in both until imports wrote 1 there, of which earlier readers take no notice.
public enum TraceFormat {
    /// The first eight bytes of a trace.
    public static let magic: StaticString = "assaytrc"
    /// The first eight bytes of a chunk.
    public static let chunkMagic: StaticString = "asychunk"
    public static let version: UInt32 = 2
    /// The versions that can be read.
    public static let versionsRead: ClosedRange<UInt32> = 1...version
    public static let headerBytes = 4096
    public static let recordBytes = 32
    public static let chunkBytes = 65_536
    /// Records in a chunk, its header and `thread` records included.
    public static let recordsPerChunk = chunkBytes / recordBytes
    /// Where the description starts in the header.
    public static let descriptionOffset = 72
    /// How long the description can be, in bytes of UTF-8.
    public static let descriptionBytesMaximum = headerBytes - descriptionOffset
    /// What the exclusive-or of all bytes of a record, or of the header, comes to. It is not zero, so that bytes that
    /// were never written are no record.
    public static let check: UInt8 = 0xA5

    /// What the times in a trace are. The raw values are the format's.
    public enum Clock: UInt32, Sendable, CaseIterable {
        /// Nanoseconds of `CLOCK_MONOTONIC`.
        case monotonic = 0
        /// Ticks of a CPU counter, to be converted through the calibration records.
        case ticks = 1
        /// Nanoseconds since the run began in simulated time, related to no clock of the machine. Process, start, thread
        /// and CPU are 0, so that the same run gives the same bytes wherever it runs. Since version 2.
        case virtual = 2

        /// The first version of the format that has it.
        var firstVersion: UInt32 { self == .virtual ? 2 : 1 }
    }

    /// Who wrote a trace. The raw values are the format's.
    public enum Origin: UInt16, Sendable, CaseIterable {
        /// The program whose events they are, as it ran.
        case recorder = 0
        /// An import of what another program had recorded: what is dropped could not be read, or its source had lost it.
        case imported = 1
    }

    /// Records that are no events. The raw values are the format's, and no ``EventKind`` has one of them.
    public enum TechnicalKind: UInt8, Sendable, CaseIterable {
        /// The records after it in its chunk happened on the OS thread that is its value.
        case thread = 32
        /// Its time, in ticks, and its value, in nanoseconds of `CLOCK_MONOTONIC`, are one instant.
        case calibration = 33
        /// The first record of a chunk: its request is the stream's number and its value the chunk's place there.
        case chunk = 34
    }

    static let magicWord = word(magic)
    static let chunkMagicWord = word(chunkMagic)

    private static func word(_ text: StaticString) -> UInt64 {
        precondition(text.utf8CodeUnitCount == 8, "'\(text)' is not eight bytes long")
        return text.withUTF8Buffer { bytes in
            bytes.reversed().reduce(UInt64(0)) { word, byte in word << 8 | UInt64(byte) }
        }
    }
}
