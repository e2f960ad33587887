// How this machine tells time, and how late it may be.

import Quantities

extension MachineDoctor {
    private static let clockRoot = "/sys/devices/system/clocksource/clocksource0"

    /// Sources that a program reads without asking the kernel, in some tens of nanoseconds.
    private static let readInPlace: Set = ["tsc", "kvm-clock", "hyperv_clocksource_tsc_page", "arch_sys_counter"]

    private var availableClockSources: [String] {
        files.text("\(Self.clockRoot)/available_clocksource")?.split(separator: " ").map(String.init) ?? []
    }

    var clockSource: Diagnosis {
        let name = "clock source"
        guard let current = files.text("\(Self.clockRoot)/current_clocksource") else {
            return Diagnosis(name, .unknown, "the kernel does not tell what its clock stands on")
        }
        let others = availableClockSources.filter { $0 != current }
        let finding = current + (others.isEmpty ? "" : "; there is also \(others.joined(separator: " "))")
        if Self.readInPlace.contains(current) { return Diagnosis(name, .fine, finding) }
        let better = others.first { Self.readInPlace.contains($0) }
        return Diagnosis(
            name, .disturbs, "\(finding): each look at the clock asks the kernel, which takes about a microsecond",
            remedy: better.map { "echo \($0) > \(Self.clockRoot)/current_clocksource" }
                ?? "the kernel gave up the CPU's own counter; `dmesg | grep -i tsc` says why")
    }

    /// As the recorder decides it: see the clocks of the trace format.
    var ticks: Diagnosis {
        let name = "ticks"
        guard let flags = cpuFlags else {
            // The architecture promises one counter for all CPUs, and the kernel stands on it.
            guard files.text("\(Self.clockRoot)/current_clocksource") == "arch_sys_counter" else {
                return Diagnosis(name, .unknown, "neither CPU nor kernel tells of a counter")
            }
            return Diagnosis(name, .fine, "events are stamped with the architecture's counter")
        }
        let missing = ["constant_tsc", "nonstop_tsc"].filter { !flags.contains(Substring($0)) }
        guard missing.isEmpty else { return slowStamps(name, "the CPU lacks \(missing.joined(separator: " and "))") }
        let available = availableClockSources
        if !available.isEmpty && !available.contains("tsc") {
            return slowStamps(name, "the kernel does not offer the counter as a clock")
        }
        return Diagnosis(name, .fine, "constant, never stops, and the kernel trusts it: events are stamped with it")
    }

    private func slowStamps(_ name: String, _ reason: String) -> Diagnosis {
        Diagnosis(
            name, .disturbs, "\(reason): events are stamped with CLOCK_MONOTONIC, at more than twice the cost",
            remedy: "nothing helps but another machine; the audit of the observer says what it comes to")
    }

    var timerSlack: Diagnosis {
        let name = "timer slack"
        guard let nanoseconds = files.number("/proc/self/timerslack_ns") else {
            return Diagnosis(name, .unknown, "the kernel does not tell how late it may wake a program")
        }
        let finding =
            Scale.fitting(nanoseconds: Double(nanoseconds)).text(nanoseconds: Double(nanoseconds), decimals: 0)
            + " by which a sleep may end late; system-simulator sets its own to 1 ns"
        // The kernel's default, which every program knows.
        guard nanoseconds > 50_000 else { return Diagnosis(name, .fine, finding) }
        return Diagnosis(
            name, .disturbs, finding, remedy: "in the shell that starts it: echo 50000 > /proc/$$/timerslack_ns")
    }
}
