import Diagnosing
import Monitoring

/// A machine that is nothing but files.
struct FakeMachine {
    var files: [String: String]
    var look: MachineLook?
    var results = MachineDoctor.ResultsRoom(path: "Results", freeBytes: 100 << 30)

    var machineFiles: MachineFiles {
        let files = files
        return MachineFiles(
            content: { files[$0] },
            list: { folder in
                let names = files.keys.filter { $0.hasPrefix(folder + "/") }
                    .compactMap { $0.dropFirst(folder.count + 1).split(separator: "/").first.map(String.init) }
                return Set(names).sorted()
            })
    }

    var doctor: MachineDoctor { MachineDoctor(files: machineFiles, look: look, results: results) }

    func diagnosis(_ name: String) -> Diagnosis? { doctor.diagnoses().first { $0.name == name } }

    /// Adds files of each CPU, named from its folder on.
    mutating func addToEachCPU(_ count: Int, _ own: [String: String]) {
        for cpu in 0..<count {
            for (name, content) in own { files["/sys/devices/system/cpu/cpu\(cpu)/\(name)"] = content }
        }
    }
}

extension MachineLook {
    static func quiet(otherLoad: Double = 0.004, steal: Double? = 0, throttlings: Double? = nil) -> MachineLook {
        var figures = EnvironmentFigures()
        figures.stealShare = steal
        figures.otherLoadShare = otherLoad
        figures.programShare = 0
        figures.runnableMean = 0.2
        figures.runnableMaximum = 1
        figures.cpuPressureShare = 0.001
        figures.memoryPressureShare = 0
        figures.ioPressureShare = 0.0234
        figures.swappedPages = 0
        figures.majorFaults = 0
        figures.coreThrottlings = throttlings
        return MachineLook(seconds: 1.012, figures: figures, busiest: nil)
    }
}

extension FakeMachine {
    private static let clocks = "/sys/devices/system/clocksource/clocksource0"
    private static let cpuRoot = "/sys/devices/system/cpu"

    /// What nearly every kernel tells.
    private static func common(cpus: Int, flags: String) -> [String: String] {
        [
            "/proc/cpuinfo": "processor\t: 0\nmodel name\t: Some CPU\nflags\t\t: fpu tsc \(flags)\nbugs\t\t:\n",
            "/proc/stat": "cpu  1000 0 500 97000 400 0 100 1000 0 0\ncpu0 1 0 0 1 0 0 0 0 0 0\n",
            "/proc/self/status": "Name:\tassay\nCpus_allowed:\tff\nCpus_allowed_list:\t0-\(cpus - 1)\n",
            "/proc/self/cgroup": "0::/user.slice/session.scope\n",
            "/proc/self/timerslack_ns": "50000\n",
            "/proc/meminfo": "MemTotal:       16777216 kB\nMemFree: 1 kB\nMemAvailable:   12582912 kB\n"
                + "SwapTotal:             0 kB\nSwapFree:              0 kB\n",
            "/proc/sys/kernel/randomize_va_space": "2\n",
            "/sys/kernel/mm/transparent_hugepage/enabled": "always [madvise] never\n",
            "\(cpuRoot)/online": "0-\(cpus - 1)\n", "\(cpuRoot)/isolated": "\n", "\(cpuRoot)/smt/active": "0\n",
            "/sys/bus/event_source/devices/software/type": "1\n",
            "\(clocks)/current_clocksource": "tsc\n", "\(clocks)/available_clocksource": "tsc hpet acpi_pm \n",
        ]
    }

    /// A laptop as it comes: everything saves power, and a browser runs.
    static var laptop: FakeMachine {
        var machine = FakeMachine(files: common(cpus: 8, flags: "constant_tsc nonstop_tsc"), look: .quiet())
        machine.files["/proc/stat"] = "cpu  1000 0 500 98000 400 0 100 0 0 0\n"
        machine.files["/proc/meminfo"] =
            "MemTotal:       16777216 kB\nMemAvailable:    1048576 kB\nSwapTotal:       2097152 kB\n"
            + "SwapFree:        1048576 kB\n"
        machine.files["\(cpuRoot)/intel_pstate/no_turbo"] = "0\n"
        machine.files["\(cpuRoot)/smt/active"] = "1\n"
        machine.files["/sys/kernel/mm/transparent_hugepage/enabled"] = "[always] madvise never\n"
        machine.addToEachCPU(
            8,
            [
                "cpufreq/scaling_governor": "powersave\n", "cpufreq/scaling_cur_freq": "1200000\n",
                "thermal_throttle/core_throttle_count": "3\n", "cpuidle/state0/name": "POLL\n",
                "cpuidle/state0/latency": "0\n", "cpuidle/state0/disable": "0\n", "cpuidle/state1/name": "C6\n",
                "cpuidle/state1/latency": "170\n", "cpuidle/state1/disable": "0\n", "cpuidle/state2/name": "C10\n",
                "cpuidle/state2/latency": "680\n", "cpuidle/state2/disable": "1\n",
                "topology/thread_siblings_list": "0,4\n",
            ])
        machine.files["\(cpuRoot)/cpu5/cpufreq/scaling_cur_freq"] = "3400000\n"
        machine.look?.figures.coreThrottlings = 2
        machine.look?.figures.otherLoadShare = 0.31
        machine.look?.figures.runnableMean = 3.4
        machine.look?.figures.cpuPressureShare = 0.18
        machine.look?.figures.swappedPages = 120
        machine.look?.busiest = BusyProcess(identifier: 4242, name: "firefox", share: 1.63)
        machine.results.freeBytes = 700 << 20
        return machine
    }

    /// A server that somebody has made ready.
    static var server: FakeMachine {
        var machine = FakeMachine(
            files: common(cpus: 4, flags: "constant_tsc nonstop_tsc"), look: .quiet(throttlings: 0))
        machine.files["/proc/stat"] = "cpu  1000 0 500 98000 400 0 100 0 0 0\n"
        machine.files["\(cpuRoot)/cpufreq/boost"] = "0\n"
        machine.files["/sys/bus/event_source/devices/cpu/type"] = "4\n"
        machine.files["\(cpuRoot)/isolated"] = "2-3\n"
        machine.addToEachCPU(
            4,
            [
                "cpufreq/scaling_governor": "performance\n", "cpufreq/scaling_cur_freq": "2600000\n",
                "thermal_throttle/core_throttle_count": "0\n", "cpuidle/state0/name": "POLL\n",
                "cpuidle/state0/latency": "0\n", "cpuidle/state0/disable": "0\n", "cpuidle/state1/name": "C1\n",
                "cpuidle/state1/latency": "2\n", "cpuidle/state1/disable": "0\n",
            ])
        return machine
    }

    /// A virtual machine among others, in a container with a limit.
    static var guest: FakeMachine {
        var machine = FakeMachine(
            files: common(cpus: 2, flags: "constant_tsc nonstop_tsc hypervisor"), look: .quiet(steal: 0.023))
        machine.files["/proc/self/status"] = "Cpus_allowed_list:\t1\n"
        machine.files["/sys/fs/cgroup/user.slice/cpu.max"] = "150000 100000\n"
        machine.files["/sys/fs/cgroup/user.slice/session.scope/cpu.max"] = "max 100000\n"
        machine.files["\(clocks)/available_clocksource"] = "kvm-clock acpi_pm \n"
        machine.files["\(clocks)/current_clocksource"] = "acpi_pm\n"
        machine.files["/proc/self/timerslack_ns"] = "4000000\n"
        machine.files["/proc/sys/kernel/randomize_va_space"] = "0\n"
        machine.look?.figures.cpuPressureShare = nil
        return machine
    }
}
