import Foundation
import Pairing
import TestSupport
import Testing
import TraceModel

@testable import Exporting

@Suite("Perfetto traces")
struct PerfettoExporterTests {
    private static func bytes(_ events: [Event], _ header: TraceHeader) -> [UInt8] {
        var exporter = PerfettoExporter(header: header, window: whole(events), writes: .asynchronous)
        var bytes: [UInt8] = []
        exporter.export(events) { bytes += $0 }
        return bytes
    }

    // From the examples of https://protobuf.dev/programming-guides/encoding/.
    @Test("fields are written as the encoding's own examples are")
    func encoding() {
        var message = ProtocolBuffer()
        message.add(1, varint: 150)
        #expect(message.bytes == [0x08, 0x96, 0x01])
        var text = ProtocolBuffer()
        text.add(2, text: "testing")
        #expect(text.bytes == [0x12, 0x07, 0x74, 0x65, 0x73, 0x74, 0x69, 0x6e, 0x67])
        var nested = ProtocolBuffer()
        nested.add(3) { $0.add(1, varint: 150) }
        #expect(nested.bytes == [0x1a, 0x03, 0x08, 0x96, 0x01])
        var negative = ProtocolBuffer()
        negative.add(1, varint: UInt64(bitPattern: -2))
        #expect(negative.bytes == [0x08, 0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01])
    }

    @Test("lanes are used again when they are free, and never twice at once")
    func lanes() {
        var lanes = Lanes()
        #expect(lanes.take(from: 0, to: 5) == nil)
        lanes.add(1, end: 5)
        #expect(lanes.take(from: 4, to: 6) == nil)
        lanes.add(2, end: 6)
        #expect(lanes.take(from: 5, to: 9) == 1)
        #expect(lanes.take(from: 6, to: 7) == 2)
        #expect(lanes.take(from: 6, to: 8) == nil)
    }

    /// Reads the file with the official definitions, checks what holds for every trace, and prints what there is.
    private static let reader = """
        import sys
        import perfetto.protos.perfetto.trace.perfetto_trace_pb2 as pb
        trace = pb.Trace()
        trace.ParseFromString(sys.stdin.buffer.read())
        tracks, stacks, flows, slices, open_slices = {}, {}, {}, [], 0
        for packet in trace.packet:
            assert packet.trusted_packet_sequence_id == 1
            if packet.HasField('track_descriptor'):
                d = packet.track_descriptor
                assert d.uuid not in tracks
                assert not d.parent_uuid or d.parent_uuid in tracks
                tracks[d.uuid] = d
        events = [p for p in trace.packet if p.HasField('track_event')]
        events.sort(key=lambda p: p.timestamp)  # stable, as the trace processor's
        for packet in events:
            e = packet.track_event
            assert e.track_uuid in tracks
            stack = stacks.setdefault(e.track_uuid, [])
            if e.type == pb.TrackEvent.TYPE_SLICE_BEGIN:
                assert not stack, 'slices overlap on one lane'
                stack.append(packet)
            elif e.type == pb.TrackEvent.TYPE_SLICE_END:
                begin = stack.pop()
                slices.append((begin.track_event.name, packet.timestamp - begin.timestamp,
                    {a.name: a.int_value for a in begin.track_event.debug_annotations}, tracks[e.track_uuid]))
            else:
                assert e.type == pb.TrackEvent.TYPE_INSTANT
                for flow in e.flow_ids:
                    flows.setdefault(flow, []).append((packet.timestamp, tracks[e.track_uuid].thread.tid, e.name))
        open_slices = sum(len(s) for s in stacks.values())
        threads = sorted(t.thread.tid for t in tracks.values() if t.HasField('thread'))
        """

    @Test(
        "the official definitions read a track a thread, slices a stage, and arrows from thread to thread",
        .enabled(if: Python.withReaders != nil, Comment(rawValue: Python.whyReadersNeeded)))
    func officialReader() throws {
        let script =
            Self.reader + """

                assert threads == [4711, 4712, 4713], threads
                process = [t for t in tracks.values() if t.HasField('process')]
                assert [p.process.pid for p in process] == [4711]
                assert flows[8] == [(0, 4711, 'request-start'), (1500000, 4712, 'request-nonblock'),
                    (1600000, 4712, 'persist-start'), (1700000, 4711, 'persist-async-start'),
                    (3000000, 4711, 'request-done'), (51800000, 4713, 'persist-done')], flows
                for name, length, about, track in sorted(slices, key=lambda s: (s[0], s[1])):
                    parent = tracks[track.parent_uuid]
                    assert track.name == name and parent.thread.tid == about['start thread']
                    print(name, length, about['start thread'], about['done thread'])
                assert open_slices == 0
                """
        let text = try Python.run(script, input: Self.bytes(wanderer(), header()), with: Python.withReaders)
        #expect(
            text == """
                outbound-network 1500000 4711 4712
                persist 50200000 4712 4713
                persist-async 50100000 4711 4713
                queue-wait 100000 4712 4712
                request 3000000 4711 4711
                return-network 1400000 4712 4711

                """)
    }

    @Test(
        "hundreds of overlapping requests keep their slices apart, and what is open begins and does not end",
        .enabled(if: Python.withReaders != nil, Comment(rawValue: Python.whyReadersNeeded)))
    func overlapping() throws {
        let events = crowd(300).dropLast(3)
        let script = Self.reader + "\nprint(len(slices), open_slices, len(flows))\n"
        let text = try Python.run(
            script, input: Self.bytes(Array(events), header()), with: Python.withReaders)
        // Three writes are open, each in the stages persist and persist-async.
        #expect(text == "\(300 * 6 - 6) 6 300\n")
    }

    @Test(
        "without a process the tracks have names alone, also in virtual time",
        .enabled(if: Python.withReaders != nil, Comment(rawValue: Python.whyReadersNeeded)))
    func nameless() throws {
        let events = wanderer().map { event in
            var event = event
            (event.thread, event.cpu) = (0, 0)
            return event
        }
        let script = Self.reader + "\nprint(threads, sorted(set(t.name for t in tracks.values())), len(slices))\n"
        let text = try Python.run(
            script, input: Self.bytes(events, header(process: 0, clock: .virtual)), with: Python.withReaders)
        #expect(
            text
                == "[] ['outbound-network', 'persist', 'persist-async', 'queue-wait', 'request', 'return-network', 'thread 0', "
                + "'virtual time'] 6\n")
    }

    @Test("what ended before it began is counted, and not drawn")
    func negative() {
        var events = wanderer()
        events[4].nanoseconds = -5
        var exporter = PerfettoExporter(
            header: header(), window: TraceWindow(start: -10, end: 60_000_000), writes: .asynchronous)
        exporter.export(events) { _ in }
        #expect(exporter.negativeCount == 2, "request and return-network")
    }
}
