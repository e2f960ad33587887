import Diagnosing
import Monitoring
import Testing

private let clocks = "/sys/devices/system/clocksource/clocksource0"

@Suite("Diagnoses")
struct MachineDoctorTests {
    @Test(
        "a quota is the tightest of the groups above, in either version of control groups",
        arguments: [
            (["/proc/self/cgroup": "0::/a/b\n", "/sys/fs/cgroup/a/b/cpu.max": "max 100000"], nil),
            (
                [
                    "/proc/self/cgroup": "0::/a/b\n", "/sys/fs/cgroup/a/b/cpu.max": "200000 100000",
                    "/sys/fs/cgroup/a/cpu.max": "50000 100000",
                ], "echo max > /sys/fs/cgroup/a/cpu.max"
            ),
            (
                ["/proc/self/cgroup": "0::/a\n", "/sys/fs/cgroup/unified/a/cpu.max": "50000 100000"],
                "echo max > /sys/fs/cgroup/unified/a/cpu.max"
            ),
            (
                [
                    "/proc/self/cgroup": "4:cpu,cpuacct:/a\n0::/\n", "/sys/fs/cgroup/cpu/a/cpu.cfs_quota_us": "25000",
                    "/sys/fs/cgroup/cpu/a/cpu.cfs_period_us": "100000", "/sys/fs/cgroup/cpu/cpu.cfs_quota_us": "-1",
                    "/sys/fs/cgroup/cpu/cpu.cfs_period_us": "100000",
                ], "echo -1 > /sys/fs/cgroup/cpu/a/cpu.cfs_quota_us"
            ),
        ] as [([String: String], String?)])
    func quota(files: [String: String], command: String?) throws {
        var machine = FakeMachine.server
        machine.files.merge(files) { $1 }
        let diagnosis = try #require(machine.diagnosis("CPUs"))
        #expect(diagnosis.state == (command == nil ? .fine : .disturbs))
        #expect(diagnosis.remedy?.hasSuffix(": \(command ?? "")") ?? true)
    }

    @Test(
        "CPUs are counted in lists of ranges",
        arguments: [("0-3,8", "5 usable"), ("7", "1 usable"), ("0-1,4-5,9", "5 usable"), ("some", nil), ("3-1", nil)])
    func lists(list: String, text: String?) {
        var machine = FakeMachine.server
        machine.files["/proc/self/status"] = "Cpus_allowed_list:\t\(list)\n"
        let diagnosis = machine.diagnosis("CPUs")
        #expect(diagnosis?.state == (text == nil ? .unknown : .fine))
        if let text { #expect(diagnosis?.finding.hasPrefix(text) == true) }
    }

    @Test("a governor disturbs if one CPU of many has another one")
    func mixedGovernors() {
        var machine = FakeMachine.server
        machine.files["/sys/devices/system/cpu/cpu3/cpufreq/scaling_governor"] = "powersave\n"
        #expect(machine.diagnosis("governor")?.state == .disturbs)
        #expect(
            machine.diagnosis("governor")?.finding == "performance and powersave on 4 CPUs; 2.60 GHz to 2.60 GHz now")
    }

    @Test("a clock that must be asked for disturbs, and the remedy is the counter if the kernel still has it")
    func clockSource() {
        var machine = FakeMachine.server
        machine.files["\(clocks)/current_clocksource"] = "hpet\n"
        #expect(machine.diagnosis("clock source")?.state == .disturbs)
        #expect(machine.diagnosis("clock source")?.remedy == "echo tsc > \(clocks)/current_clocksource")
        machine.files["\(clocks)/available_clocksource"] = "hpet acpi_pm\n"
        #expect(machine.diagnosis("clock source")?.remedy?.contains("dmesg") == true)
    }

    @Test("ticks are those that the recorder would trust")
    func ticks() {
        var machine = FakeMachine.server
        #expect(machine.diagnosis("ticks")?.state == .fine)
        machine.files["\(clocks)/available_clocksource"] = "hpet acpi_pm\n"
        #expect(machine.diagnosis("ticks")?.state == .disturbs)
        // No list, no verdict: the CPU's promise stands.
        machine.files["\(clocks)/available_clocksource"] = nil
        #expect(machine.diagnosis("ticks")?.state == .fine)
        machine.files["/proc/cpuinfo"] = "flags\t\t: fpu tsc constant_tsc\n"
        #expect(machine.diagnosis("ticks")?.finding.hasPrefix("the CPU lacks nonstop_tsc") == true)
        machine.files["/proc/cpuinfo"] = "Features\t: fp asimd\n"
        #expect(machine.diagnosis("ticks")?.state == .unknown)
        machine.files["\(clocks)/current_clocksource"] = "arch_sys_counter\n"
        #expect(machine.diagnosis("ticks")?.state == .fine)
    }

    @Test("a guest is not believed what it is shown of cores")
    func guestSiblings() {
        var machine = FakeMachine.server
        #expect(machine.diagnosis("siblings")?.state == .fine)
        machine.files["/proc/cpuinfo"] = "flags\t\t: fpu hypervisor\n"
        #expect(machine.diagnosis("siblings")?.state == .unknown)
    }

    @Test("load, steal and pressure disturb above their limits and not at them", arguments: [false, true])
    func limits(isAbove: Bool) {
        let limits = EnvironmentLimits.standard
        let excess = isAbove ? 1.001 : 1
        var machine = FakeMachine.server
        machine.look?.figures.otherLoadShare = limits.otherLoadShare * excess
        machine.look?.figures.stealShare = limits.stealShare * excess
        machine.look?.figures.cpuPressureShare = limits.cpuPressureShare * excess
        for name in ["other load", "steal", "pressure"] {
            #expect(machine.diagnosis(name)?.state == (isAbove ? .disturbs : .fine), "\(name)")
        }
    }

    @Test("without a look nothing is said of what it would have shown")
    func noLook() {
        var machine = FakeMachine.server
        machine.look = nil
        for name in ["other load", "steal", "pressure"] {
            #expect(machine.diagnosis(name)?.state == .unknown, "\(name)")
        }
    }
}
