// What the CPUs do on their own: how fast they run, how deep they sleep, whom they share a core with.

import Monitoring
import Quantities

extension MachineDoctor {
    private static let cpuRoot = "/sys/devices/system/cpu"

    var governor: Diagnosis {
        let name = "governor"
        let folders = files.cpuFolders.map { "\($0)/cpufreq" }
        let governors = folders.compactMap { files.text("\($0)/scaling_governor") }
        guard !governors.isEmpty else {
            return Diagnosis(name, .unknown, notTold("how the CPUs' frequency is governed"))
        }
        let kinds = Set(governors).sorted()
        let frequencies = folders.compactMap { files.number("\($0)/scaling_cur_freq") }
        let range = frequencies.min().flatMap { lowest in
            frequencies.max().map { "; \(Self.gigahertz(lowest)) to \(Self.gigahertz($0)) now" }
        }
        let finding = "\(kinds.joined(separator: " and ")) on \(governors.count) CPUs\(range ?? "")"
        guard kinds != ["performance"] else { return Diagnosis(name, .fine, finding) }
        return Diagnosis(
            name, .disturbs, finding,
            remedy: "a CPU that begins slow makes what begins slow as well: cpupower frequency-set -g performance")
    }

    private static func gigahertz(_ kilohertz: Int) -> String { "\((Double(kilohertz) / 1e6).fixed(2)) GHz" }

    var turbo: Diagnosis {
        let name = "turbo"
        let (intel, boost) = ("\(Self.cpuRoot)/intel_pstate/no_turbo", "\(Self.cpuRoot)/cpufreq/boost")
        if let isOff = files.number(intel).map({ $0 != 0 }) {
            return turbo(name, isOn: !isOff, remedy: "echo 1 > \(intel)")
        }
        if let isOn = files.number(boost).map({ $0 != 0 }) {
            return turbo(name, isOn: isOn, remedy: "echo 0 > \(boost)")
        }
        return Diagnosis(name, .unknown, notTold("whether CPUs may run faster than their nominal frequency"))
    }

    private func turbo(_ name: String, isOn: Bool, remedy: String) -> Diagnosis {
        guard isOn else { return Diagnosis(name, .fine, "off: no CPU runs faster than its nominal frequency") }
        return Diagnosis(
            name, .disturbs, "on: how fast a CPU runs depends on what the others do and how hot it is", remedy: remedy)
    }

    /// Above this a wake-up is late by more than timers and schedulers make it.
    private static let exitLatencyMaximumMicroseconds = 20

    var idleStates: Diagnosis {
        let name = "idle states"
        let states = files.cpuFolders.flatMap { folder in
            files.list("\(folder)/cpuidle").filter { $0.hasPrefix("state") }.map { "\(folder)/cpuidle/\($0)" }
        }
        let deepest = states.filter { files.number("\($0)/disable") == 0 }
            .compactMap { state in files.number("\(state)/latency").map { (state, $0) } }
            .max { $0.1 < $1.1 }
        guard let (state, latency) = deepest else {
            return Diagnosis(name, .unknown, notTold("how long CPUs take to wake up from idling"))
        }
        let finding = "the deepest, \(files.text("\(state)/name") ?? "without a name"), takes \(latency) µs to leave"
        guard latency > Self.exitLatencyMaximumMicroseconds else { return Diagnosis(name, .fine, finding) }
        return Diagnosis(
            name, .disturbs, finding,
            remedy: "what wakes up a CPU comes late by that: "
                + "cpupower idle-set --disable-by-latency \(Self.exitLatencyMaximumMicroseconds)")
    }

    var throttling: Diagnosis {
        let name = "throttling"
        let counts = files.cpuFolders.compactMap { files.number("\($0)/thermal_throttle/core_throttle_count") }
        guard !counts.isEmpty else { return Diagnosis(name, .unknown, notTold("whether CPUs slow down for heat")) }
        let inLook = look?.figures.coreThrottlings
        let finding =
            "\(counts.reduce(0, +)) times since boot, over all CPUs"
            + (inLook.map { "; \($0.fixed(0)) in \(Self.seconds(look?.seconds ?? 0))" } ?? "")
        guard inLook ?? 0 > limits.throttlings else { return Diagnosis(name, .fine, finding) }
        return Diagnosis(name, .disturbs, finding, remedy: "cool it: CPUs that are too hot run slower")
    }

    var siblings: Diagnosis {
        let name = "siblings"
        if isGuest == true {
            return Diagnosis(
                name, .unknown,
                "whether these CPUs share cores, with each other or with strangers, is the host's secret")
        }
        guard let isActive = files.number("\(Self.cpuRoot)/smt/active").map({ $0 != 0 }) else {
            return Diagnosis(name, .unknown, notTold("whether CPUs share cores"))
        }
        guard isActive else { return Diagnosis(name, .fine, "each CPU has a core of its own") }
        let first = files.text("\(Self.cpuRoot)/cpu0/topology/thread_siblings_list")
        return Diagnosis(
            name, .disturbs,
            "CPUs share cores\(first.map { " (\($0), for one)" } ?? ""): each runs slower while its sibling runs",
            remedy: "echo off > \(Self.cpuRoot)/smt/control")
    }

    var isolation: Diagnosis {
        let name = "isolation"
        // An empty file says that there are none, which is told by another one that is never empty.
        guard files.text("\(Self.cpuRoot)/online") != nil else {
            return Diagnosis(name, .unknown, notTold("whether CPUs are kept free of other work"))
        }
        let isolated = files.text("\(Self.cpuRoot)/isolated")
        return Diagnosis(
            name, .fine,
            isolated.map { "CPUs \($0) are kept free of other work" } ?? "no CPU is kept free of other work")
    }

    /// No trial reads them; who looks for the cause of a slow stage does.
    var counters: Diagnosis {
        let name = "counters"
        let kinds = files.list("/sys/bus/event_source/devices")
        guard !kinds.isEmpty else { return Diagnosis(name, .unknown, notTold("what its CPUs can count")) }
        // Hybrid CPUs have one for each kind of core.
        let ofCPU = kinds.filter { $0.hasPrefix("cpu") || $0.hasPrefix("armv8") }
        guard !ofCPU.isEmpty else {
            return Diagnosis(name, .unknown, notTold("cycles, cache misses and mispredicted branches"))
        }
        return Diagnosis(name, .fine, "cycles and cache misses can be counted (\(ofCPU.joined(separator: " ")))")
    }

    private func notTold(_ what: String) -> String {
        isGuest == true ? "a virtual machine is not told \(what)" : "the kernel does not tell \(what)"
    }
}
