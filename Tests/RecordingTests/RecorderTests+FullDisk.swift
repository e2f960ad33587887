import Foundation
import Glibc
import Recording
import Testing
import TraceModel

/// A file system of one mebibyte, which root can mount and others cannot.
private final class SmallDisk {
    let path: String

    init?(in folder: TraceFolder) {
        path = folder.file("disk")
        guard mkdir(path, 0o700) == 0, mount("tmpfs", path, "tmpfs", 0, "size=1m") == 0 else { return nil }
    }

    deinit {
        if umount(path) != 0 { print("left mounted: \(path): \(String(cString: strerror(errno)))") }
    }
}

extension RecorderTests {
    @Test(
        "a full disk drops events, counts them, and lets later ones in when there is room again",
        .enabled(if: geteuid() == 0, "only root can mount a small disk to fill"))
    func fullDisk() throws {
        let disk = try #require(SmallDisk(in: folder), "tmpfs cannot be mounted: \(String(cString: strerror(errno)))")
        let filler = disk.path + "/filler"
        try Data(count: 512 << 10).write(to: URL(fileURLWithPath: filler))
        let path = disk.path + "/run.trace"
        let recorder = try Recorder(path: path)
        var request: UInt64 = 0
        while recorder.eventsDropped < 1000 {
            try #require(request < 100_000, "the disk never filled")
            recorder.record(.requestStart, request: request, client: 0, value: 0)
            request += 1
        }
        let firstDropped = request - 1000
        try FileManager.default.removeItem(atPath: filler)
        // The housekeeper tries again ten times a second; until then events go on being dropped.
        let deadline = ContinuousClock.now + .seconds(20)
        var dropped = recorder.eventsDropped
        while true {
            recorder.record(.requestDone, request: request, client: 0, value: 0)
            request += 1
            if recorder.eventsDropped == dropped { break }
            dropped = recorder.eventsDropped
            try #require(ContinuousClock.now < deadline, "no event was recorded after room was made")
        }
        let report = recorder.finish()
        #expect(report.eventsDropped == dropped)
        #expect(report.eventsRecorded == firstDropped + 1)
        #expect(
            report.warnings == [
                "\(path): \(dropped) events were dropped, \(firstDropped + 1) recorded: the disk was full; free space, "
                    + "or record elsewhere"
            ])
        let reader = try TraceReader(path: path)
        #expect(reader.problems == [])
        #expect(reader.header.eventsDropped == dropped)
        #expect(reader.events.map(\.request) == Array(0..<firstDropped) + [request - 1])
    }

    @Test(
        "a disk that is full at the start is an error, and no file is left",
        .enabled(if: geteuid() == 0, "only root can mount a small disk to fill"))
    func fullDiskAtStart() throws {
        let disk = try #require(SmallDisk(in: folder), "tmpfs cannot be mounted: \(String(cString: strerror(errno)))")
        try Data(count: 1000 << 10).write(to: URL(fileURLWithPath: disk.path + "/filler"))
        let path = disk.path + "/run.trace"
        let error = #expect(throws: RecorderError.self) { try Recorder(path: path) }
        #expect(
            error?.description
                == "\(path): no space for the first chunks: No space left on device; free space, or record elsewhere")
        #expect(try FileManager.default.contentsOfDirectory(atPath: disk.path) == ["filler"])
    }
}
