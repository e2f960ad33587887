import CJemalloc

// jemalloc counts, for each size class, how often memory of that class was handed out. Thread caches are off in this
// program (see CProcess), so every count is exact at the moment it is read. The names of the counters are turned into
// numbers beforehand, and reading allocates nothing: it would count itself.

/// What has been allocated.
struct AllocationTotals: Sendable, Equatable {
    /// How often memory was handed out: every `malloc` and its like by every thread of the process, and the calls of
    /// `realloc` that moved. Memory that came straight from the kernel, as threads' stacks do, is not counted.
    var allocations: UInt64 = 0
    /// The sum of their sizes, each rounded up to its size class; freeing does not lower it.
    var allocatedBytes: UInt64 = 0

    static func - (now: AllocationTotals, before: AllocationTotals) -> AllocationTotals {
        AllocationTotals(
            allocations: now.allocations - before.allocations,
            allocatedBytes: now.allocatedBytes - before.allocatedBytes)
    }
}

/// Reads jemalloc's counters (jemalloc(3), "stats.arenas.<i>.bins.<j>.nmalloc" and "…lextents.<j>.nmalloc").
struct AllocationCounter: Sendable {
    private struct Counter: Sendable {
        let name: ControlName
        let sizeBytes: UInt64
    }

    /// A control's name as numbers, at most seven.
    private struct ControlName: Sendable {
        var numbers: [Int]
    }

    private let epoch: ControlName
    private let counters: [Counter]

    init() {
        epoch = Self.resolve("epoch")
        // 4096 stands for all arenas together (MALLCTL_ARENAS_ALL).
        counters =
            Self.counters(count: "arenas.nbins", size: "arenas.bin.0.size", total: "stats.arenas.4096.bins.0.nmalloc")
            + Self.counters(
                count: "arenas.nlextents", size: "arenas.lextent.0.size", total: "stats.arenas.4096.lextents.0.nmalloc")
    }

    /// The totals since the process began.
    func read() -> AllocationTotals {
        // The counters are copies that writing the epoch renews.
        Self.advance(epoch)
        var totals = AllocationTotals()
        for counter in counters {
            let count: UInt64 = Self.value(counter.name)
            totals.allocations += count
            totals.allocatedBytes += count * counter.sizeBytes
        }
        return totals
    }

    private static func counters(count: String, size: String, total: String) -> [Counter] {
        let classCount: UInt32 = value(resolve(count))
        return (0..<Int(classCount)).map { index in
            let sizeBytes: Int = value(resolve(size, index: index, at: 2))
            return Counter(name: resolve(total, index: index, at: 4), sizeBytes: UInt64(sizeBytes))
        }
    }

    private static func resolve(_ name: String) -> ControlName {
        var numbers = [Int](repeating: 0, count: 7)
        var length = numbers.count
        check(mallctlnametomib(name, &numbers, &length), name)
        return ControlName(numbers: Array(numbers.prefix(length)))
    }

    private static func resolve(_ name: String, index: Int, at position: Int) -> ControlName {
        var resolved = resolve(name)
        resolved.numbers[position] = index
        return resolved
    }

    private static func value<Value: FixedWidthInteger>(_ name: ControlName) -> Value {
        var value: Value = 0
        var size = MemoryLayout<Value>.size
        check(mallctlbymib(name.numbers, name.numbers.count, &value, &size, nil, 0), "a counter")
        return value
    }

    private static func advance(_ epoch: ControlName) {
        var number: UInt64 = 1
        check(
            mallctlbymib(epoch.numbers, epoch.numbers.count, nil, nil, &number, MemoryLayout<UInt64>.size), "epoch")
    }

    /// The names exist in every jemalloc since 5.0 that was built with statistics, which is the default.
    private static func check(_ status: Int32, _ name: String) {
        precondition(status == 0, "jemalloc knows no '\(name)': error \(status)")
    }
}
