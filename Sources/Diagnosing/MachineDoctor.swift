// Each thing that is looked at is one function from what a machine tells to a diagnosis; they are listed here in the order
// of the table. Nothing is changed, and nothing is guessed: what a machine does not tell is unknown, and a guest's picture
// of its CPUs is the host's to paint, so it is not taken for the truth.

import Monitoring

/// Says what about a machine will disturb the measuring of times.
public struct MachineDoctor: Sendable {
    let files: MachineFiles
    let look: MachineLook?
    let results: ResultsRoom
    let limits: EnvironmentLimits

    /// The file system that results are written to.
    public struct ResultsRoom: Sendable, Equatable {
        public var path: String
        /// What this user may still write there; nil where it cannot be told.
        public var freeBytes: Int?

        public init(path: String, freeBytes: Int?) {
            self.path = path
            self.freeBytes = freeBytes
        }
    }

    /// - Parameters:
    ///   - files: The machine's own, below `/proc` and `/sys`.
    ///   - look: Nil where nobody could look.
    public init(
        files: MachineFiles, look: MachineLook?, results: ResultsRoom, limits: EnvironmentLimits = .standard
    ) {
        self.files = files
        self.look = look
        self.results = results
        self.limits = limits
    }

    /// All diagnoses, in the order in which they are shown.
    public func diagnoses() -> [Diagnosis] {
        [
            cpus, virtualisation, steal, otherLoad, pressure,  // who shares the machine
            governor, turbo, idleStates, throttling, siblings, isolation, counters,  // what the CPUs do
            clockSource, ticks, timerSlack,  // how time is told
            memory, swap, hugePages, layout,  // memory
            disk,
        ]
    }

    /// Whether the CPU says that it is a virtual machine's; nil where nobody can tell.
    var isGuest: Bool? {
        // ARM kernels call the line `Features`, and say nothing of a hypervisor.
        cpuFlags.map { $0.contains("hypervisor") }
    }

    /// The flags of the first CPU on x86; nil elsewhere.
    var cpuFlags: Set<Substring>? { files.words(behind: "flags", in: "/proc/cpuinfo").map(Set.init) }
}
