import Testing
import Timekeeping

@testable import Simulation

@Suite("Permits", .timeLimit(.minutes(5)))
struct PermitsTests {
    @Test("free permits are taken at once; then the wait is announced, and ends when one is released")
    func granting() throws {
        let notes = Guarded<[String]>([])
        let runtime = VirtualRuntime()
        let permits = Permits(total: 2, runtime: runtime)
        try runtime.run {
            for number in 0..<3 as Range<UInt64> {
                runtime.spawn { await take(from: permits, as: number, notes) }
            }
            await sleep(1, on: runtime)
            permits.release()
            await sleep(1, on: runtime)
            notes.withLock { $0.append("released") }
            permits.release()
            permits.release()
            permits.close()
        }
        #expect(notes.withLock { $0 } == ["0: at once", "1: at once", "2: waits", "2: in its turn", "released"])
    }

    @Test("those who wait are served in the order in which they came, whoever comes later")
    func order() throws {
        let notes = Guarded<[String]>([])
        let runtime = VirtualRuntime()
        let permits = Permits(total: 1, runtime: runtime)
        try runtime.run {
            for number in 0..<50 as Range<UInt64> {
                runtime.spawn {
                    await take(from: permits, as: number, notes)
                    await sleep(1, on: runtime)
                    permits.release()
                }
            }
            await sleep(100, on: runtime)
        }
        let served = notes.withLock { $0 }.filter { !$0.hasSuffix("waits") }
        #expect(served == ["0: at once"] + (1..<50).map { "\($0): in its turn" })
    }

    @Test("last in, first out, whoever came last is served first")
    func lastInFirstOut() throws {
        let notes = Guarded<[String]>([])
        let runtime = VirtualRuntime()
        let permits = Permits(total: 1, queue: .lifo, runtime: runtime)
        try runtime.run {
            for number in 0..<5 as Range<UInt64> {
                runtime.spawn {
                    await take(from: permits, as: number, notes)
                    await sleep(1, on: runtime)
                    permits.release()
                }
            }
            await sleep(10, on: runtime)
        }
        let served = notes.withLock { $0 }.filter { !$0.hasSuffix("waits") }
        #expect(served == ["0: at once", "4: in its turn", "3: in its turn", "2: in its turn", "1: in its turn"])
    }

    @Test("closing ends every wait, in order, and every later one; a permit that was granted stays granted")
    func closing() throws {
        let notes = Guarded<[String]>([])
        let runtime = VirtualRuntime()
        let permits = Permits(total: 1, runtime: runtime)
        try runtime.run {
            for number in 0..<4 as Range<UInt64> {
                runtime.spawn { await take(from: permits, as: number, notes) }
            }
            await sleep(1, on: runtime)
            // Handed to number 1, which has not run again when the permits are closed.
            permits.release()
            permits.close()
            await take(from: permits, as: 4, notes)
        }
        #expect(
            notes.withLock { $0 } == [
                "0: at once", "1: waits", "2: waits", "3: waits", "4: refused", "1: in its turn", "2: refused",
                "3: refused",
            ])
    }

    @Test("a permit that is given back after the end is nobody's: who asks for it is refused, as those were who waited")
    func releasedAfterClosing() throws {
        let notes = Guarded<[String]>([])
        let runtime = VirtualRuntime()
        let permits = Permits(total: 1, runtime: runtime)
        try runtime.run {
            for number in 0..<2 as Range<UInt64> {
                runtime.spawn { await take(from: permits, as: number, notes) }
            }
            await sleep(1, on: runtime)
            permits.close()
            permits.release()
            await take(from: permits, as: 2, notes)
        }
        #expect(notes.withLock { Set($0) } == ["0: at once", "1: waits", "1: refused", "2: refused"])
    }

    @Test("a permit that nobody gives back is reported with who waits for it")
    func forgotten() {
        let runtime = VirtualRuntime()
        let permits = Permits(total: 1, runtime: runtime)
        let notes = Guarded<[String]>([])
        let error = #expect(throws: Deadlock.self) {
            try runtime.run {
                await sleep(3, on: runtime)
                for number in 0..<9 as Range<UInt64> {
                    runtime.spawn { await take(from: permits, as: number, notes) }
                }
                await take(from: permits, as: 77, notes)
            }
        }
        #expect(
            error?.description == """
                virtual time stands still at 3.0 seconds: nothing sleeps, and all that is left waits for ever: \
                9 × client (0, 1, 2, 3, 4 and 4 more) wait for a permit
                """)
    }
}

private func take(
    from permits: Permits<VirtualRuntime>, as number: UInt64, _ notes: Guarded<[String]>
) async {
    let request = Request(identifier: number + 1, client: UInt32(number))
    do {
        let isImmediate = try await permits.take(for: request) { notes.withLock { $0.append("\(number): waits") } }
        notes.withLock { $0.append("\(number): \(isImmediate ? "at once" : "in its turn")") }
    } catch {
        notes.withLock { $0.append("\(number): refused") }
    }
}

private func sleep(_ seconds: Int, on runtime: VirtualRuntime) async {
    do { try await runtime.sleep(for: .seconds(seconds)) } catch { Issue.record("cancelled: \(error)") }
}
