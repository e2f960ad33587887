// Memory and disk.

import Monitoring
import Quantities

extension MachineDoctor {
    /// A number of `/proc/meminfo`, which it gives in KiB.
    private func memoryBytes(_ key: String) -> Int? {
        files.words(behind: "\(key):", in: "/proc/meminfo")?.first.flatMap { Int($0) }.map { $0 * 1024 }
    }

    private static func gibibytes(_ bytes: Int) -> String { "\((Double(bytes) / 1_073_741_824).fixed(1)) GiB" }

    var memory: Diagnosis {
        let name = "memory"
        guard let total = memoryBytes("MemTotal"), let available = memoryBytes("MemAvailable"), total > 0 else {
            return Diagnosis(name, .unknown, "the kernel does not tell how much memory is free (/proc/meminfo)")
        }
        let finding = "\(Self.gibibytes(available)) of \(Self.gibibytes(total)) available"
        guard available * 10 < total else { return Diagnosis(name, .fine, finding) }
        return Diagnosis(
            name, .disturbs, finding,
            remedy: "end what need not run: short of memory, the kernel stops programs to find some")
    }

    var swap: Diagnosis {
        let name = "swap"
        guard let total = memoryBytes("SwapTotal"), let free = memoryBytes("SwapFree") else {
            return Diagnosis(name, .unknown, "the kernel does not tell of swap (/proc/meminfo)")
        }
        guard total > 0 else { return Diagnosis(name, .fine, "none") }
        let used = max(0, total - free)
        let moved = look?.figures.swappedPages
        let finding =
            "\(Self.gibibytes(used)) of \(Self.gibibytes(total)) used"
            + (moved.map { "; \($0.fixed(0)) pages moved in \(Self.seconds(look?.seconds ?? 0))" } ?? "")
        guard used > 0 || moved ?? 0 > limits.swappedPages else { return Diagnosis(name, .fine, finding) }
        return Diagnosis(
            name, .disturbs, finding, remedy: "a page that must be read back takes a thousand times as long: swapoff -a"
        )
    }

    var hugePages: Diagnosis {
        let name = "huge pages"
        let file = "/sys/kernel/mm/transparent_hugepage/enabled"
        // As in `always [madvise] never`: what stands in brackets holds.
        guard let text = files.text(file), let open = text.firstIndex(of: "["), let close = text.lastIndex(of: "]"),
            open < close
        else { return Diagnosis(name, .unknown, "the kernel does not tell whether it makes huge pages by itself") }
        let choice = String(text[text.index(after: open)..<close])
        guard choice == "always" else { return Diagnosis(name, .fine, "\(choice): only for programs that ask") }
        return Diagnosis(
            name, .disturbs, "always: the kernel clears and moves 2 MiB at a time while a program runs",
            remedy: "echo madvise > \(file)")
    }

    var layout: Diagnosis {
        let name = "address layout"
        let file = "/proc/sys/kernel/randomize_va_space"
        guard let value = files.number(file) else {
            return Diagnosis(name, .unknown, "the kernel does not tell whether it is drawn anew for each process")
        }
        guard value == 0 else {
            return Diagnosis(name, .fine, "drawn anew for each process, so that its luck averages out over trials")
        }
        return Diagnosis(
            name, .disturbs, "the same for each process: all trials share its luck, and no interval shows it",
            remedy: "sysctl -w kernel.randomize_va_space=2")
    }

    /// Less than this may not hold the traces of one long trial.
    private static let roomMinimumBytes = 1 << 30

    var disk: Diagnosis {
        let name = "disk"
        guard let free = results.freeBytes else {
            return Diagnosis(name, .unknown, "what is free for \(results.path) cannot be told")
        }
        let finding = "\(Self.gibibytes(free)) free for \(results.path)"
        guard free < Self.roomMinimumBytes else { return Diagnosis(name, .fine, finding) }
        return Diagnosis(
            name, .disturbs, finding, remedy: "a run stops where there is no room: free some, or give another --results"
        )
    }
}
