import Glibc
import Recording
import Synchronization
import TraceModel

// What the recorder's tests kill: two threads record until the process dies, and the main thread says after every
// thousand events how many each has recorded for certain. Thread t records requests 0, 1, 2 … as client t.

private let countOfSecond = Atomic<UInt64>(0)
private let sink = Mutex<Recorder?>(nil)

/// Records into the file until the process is killed; ends with status 1 if it cannot, or when nobody reads its counts.
func recordForever(path: String) -> Never {
    let recorder: Recorder
    do throws(RecorderError) {
        recorder = try Recorder(path: path, description: #"{"program":"record-forever"}"#)
    } catch {
        complain("\(error)")
        exit(1)
    }
    sink.withLock { $0 = recorder }
    var second = pthread_t()
    let status = pthread_create(&second, nil, { _ in recordAsSecond() }, nil)
    precondition(status == 0, "pthread_create failed with \(status)")
    var request: UInt64 = 0
    while true {
        recorder.record(.requestStart, request: request, client: 0, value: Int64(request))
        request += 1
        if request % 1000 == 0 { say(request, countOfSecond.load(ordering: .acquiring)) }
    }
}

/// The same in virtual time, on one thread: request n is recorded at n ns.
func recordForeverVirtually(path: String) -> Never {
    let time = SteppingTime()
    let recorder: VirtualRecorder<SteppingTime>
    do throws(RecorderError) {
        recorder = try VirtualRecorder(path: path, time: time)
    } catch {
        complain("\(error)")
        exit(1)
    }
    var request: UInt64 = 0
    while true {
        recorder.record(.requestStart, request: request, client: 0, value: 0)
        request += 1
        time.step()
        if request % 1000 == 0 { say(request, 0) }
    }
}

private func say(_ first: UInt64, _ second: UInt64) {
    let line = "\(first) \(second)\n"
    if line.utf8.count != write(STDOUT_FILENO, line, line.utf8.count) { exit(1) }
}

private func recordAsSecond() -> Never {
    guard let recorder = sink.withLock({ $0 }) else { preconditionFailure("the first thread sets the recorder") }
    var request: UInt64 = 0
    while true {
        recorder.record(.persistDone, request: request, client: 1, value: 0)
        request += 1
        countOfSecond.store(request, ordering: .releasing)
    }
}
