// The messages of Perfetto's trace format that are written here, by the numbers of their fields in
// protos/perfetto/trace/trace_packet.proto, track_event/track_event.proto, track_event/track_descriptor.proto,
// track_event/debug_annotation.proto (https://github.com/google/perfetto). A file is a message `Trace`, whose one repeated
// field is the packet: packets can be written one after the other, without knowing how many there will be.

/// A thing that happens on a track.
struct PerfettoEvent {
    enum Kind: UInt64 {
        case sliceBegin = 1
        case sliceEnd = 2
        case instant = 3
    }

    var nanoseconds: UInt64
    var kind: Kind
    var track: UInt64
    /// Empty for the end of a slice.
    var name: String
    var category: String
    /// Joins this to the event before it that has the same one, by an arrow; nil for none.
    var flow: UInt64?
    /// Shown beside the slice.
    var annotations: [(name: String, value: Int64)] = []

    /// The packet as a field of `Trace`.
    var packet: ProtocolBuffer {
        PerfettoPacket.packet { packet in
            packet.add(PerfettoPacket.Field.timestamp, varint: nanoseconds)
            packet.add(PerfettoPacket.Field.trackEvent) { event in
                event.add(9, varint: kind.rawValue)
                event.add(11, varint: track)
                guard kind != .sliceEnd else { return }
                event.add(22, text: category)
                event.add(23, text: name)
                if let flow { event.add(47, fixed64: flow) }
                for annotation in annotations {
                    event.add(4) { message in
                        message.add(10, text: annotation.name)
                        message.add(4, varint: UInt64(bitPattern: annotation.value))
                    }
                }
            }
        }
    }
}

/// What all packets have in common, and the descriptions of tracks.
enum PerfettoPacket {
    enum Field {
        static let packet: UInt64 = 1
        static let timestamp: UInt64 = 8
        static let sequence: UInt64 = 10
        static let trackEvent: UInt64 = 11
        static let sequenceFlags: UInt64 = 13
        static let trackDescriptor: UInt64 = 60
    }

    /// All packets are of one writer.
    private static let sequence: UInt64 = 1

    static func packet(_ body: (inout ProtocolBuffer) -> Void) -> ProtocolBuffer {
        var file = ProtocolBuffer()
        file.add(Field.packet) { packet in
            packet.add(Field.sequence, varint: sequence)
            body(&packet)
        }
        return file
    }

    /// The track of a process.
    static func process(uuid: UInt64, process: UInt32, name: String) -> ProtocolBuffer {
        packet { packet in
            // 1: what packets before this one said is forgotten; there are none.
            packet.add(Field.sequenceFlags, varint: 1)
            packet.add(Field.trackDescriptor) { track in
                track.add(1, varint: uuid)
                track.add(3) { description in
                    description.add(1, varint: UInt64(process))
                    description.add(6, text: name)
                }
            }
        }
    }

    /// The track of an OS thread.
    static func thread(uuid: UInt64, process: UInt32, thread: UInt32, name: String) -> ProtocolBuffer {
        packet { packet in
            packet.add(Field.trackDescriptor) { track in
                track.add(1, varint: uuid)
                track.add(4) { description in
                    description.add(1, varint: UInt64(process))
                    description.add(2, varint: UInt64(thread))
                    description.add(5, text: name)
                }
            }
        }
    }

    /// A track that is neither, below another one.
    static func track(uuid: UInt64, parent: UInt64?, name: String) -> ProtocolBuffer {
        packet { packet in
            packet.add(Field.trackDescriptor) { track in
                track.add(1, varint: uuid)
                track.add(2, text: name)
                if let parent { track.add(5, varint: parent) }
            }
        }
    }
}
