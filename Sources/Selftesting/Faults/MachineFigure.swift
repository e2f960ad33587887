import Auditing
import Monitoring
import Randomness

/// One figure of the machine is out of the ordinary.
struct MachineFigure: Fault {
    let identifier: String
    let imitates: String
    let unit: FaultUnit
    let sizes: [Double]
    let expectedAudits: [String]
    let change: @Sendable (inout MachineEvidence, Double) -> Void

    func inject(_ size: Double, into specimen: inout Specimen, _ streams: StreamName) {
        for index in specimen.trials.indices { change(&specimen.trials[index].machine, size) }
    }

    static let all = [
        MachineFigure(
            identifier: "steal", imitates: "the hypervisor gives # of the CPU time to somebody else", unit: .share,
            sizes: [0.001, 0.005, 0.02, 0.1, 0.5], expectedAudits: ["environment"],
            change: { $0.environment?.stealShare? += $1 }),
        MachineFigure(
            identifier: "memory-pressure", imitates: "for # of the time some task waits for memory", unit: .share,
            sizes: [0.01, 0.03, 0.06, 0.2, 0.5], expectedAudits: ["environment"],
            change: { $0.environment?.memoryPressureShare? += $1 }),
        MachineFigure(
            identifier: "disk-pressure", imitates: "for # of the time some task waits for a disk", unit: .share,
            sizes: [0.02, 0.05, 0.15, 0.3, 0.6], expectedAudits: ["environment"],
            change: { $0.environment?.ioPressureShare? += $1 }),
        MachineFigure(
            identifier: "swapping", imitates: "# pages are swapped while a trial measures", unit: .count,
            sizes: [1, 100, 10_000], expectedAudits: ["environment"],
            change: { $0.environment?.swappedPages? += $1 }),
        MachineFigure(
            identifier: "throttling", imitates: "the CPUs are throttled # times while a trial measures", unit: .count,
            sizes: [1, 10, 1000], expectedAudits: ["environment"],
            change: { $0.environment?.coreThrottlings? += $1 }),
        MachineFigure(
            identifier: "preemption", imitates: "the kernel takes a CPU away from the program # times a second",
            unit: .rate, sizes: [100, 500, 2_000, 10_000], expectedAudits: ["environment"],
            change: { $0.involuntarySwitchesPerSecond? += $1 }),
    ]
}
