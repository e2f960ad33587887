/// Where the readable part of one stream lies in the file: all of its chunks but the last are full.
struct TraceStream {
    var identifier: UInt64
    /// Places of its chunks in the file, in the order of the stream.
    var chunks: [UInt32] = []
    /// Readable records in the last of `chunks`, the chunk header among them.
    var lastChunkRecordCount = 0
    var eventCount = 0

    /// The offset of a chunk in the file.
    static func offset(ofChunk index: UInt32) -> UInt64 {
        UInt64(TraceFormat.headerBytes) + UInt64(index) * UInt64(TraceFormat.chunkBytes)
    }
}
