// Who else uses the machine.

import Monitoring
import Quantities

extension MachineDoctor {
    var cpus: Diagnosis {
        let name = "CPUs"
        guard let online = Self.count(inList: files.text("/sys/devices/system/cpu/online")),
            let usable = Self.count(
                inList: files.words(behind: "Cpus_allowed_list", in: "/proc/self/status")?.first.map(String.init))
        else {
            return Diagnosis(name, .unknown, "neither how many are online nor how many may be used can be read")
        }
        let counts = "\(usable) usable of \(online) online"
        if let quota {
            return Diagnosis(
                name, .disturbs, "\(counts), and a quota of \(quota.cpus.fixed(2)) CPUs on \(quota.file)",
                remedy: "the kernel stops the program when the quota is used up; lift it: \(quota.command)")
        }
        return Diagnosis(name, .fine, counts)
    }

    /// The tightest limit on CPU time of this process's control groups.
    private var quota: (cpus: Double, file: String, command: String)? {
        groupFolders.compactMap { folder -> (Double, String, String)? in
            if let words = files.text("\(folder)/cpu.max")?.split(separator: " "), words.count == 2,
                let time = Double(words[0]), let period = Double(words[1]), period > 0
            {
                return (time / period, "\(folder)/cpu.max", "echo max > \(folder)/cpu.max")
            }
            if let time = files.number("\(folder)/cpu.cfs_quota_us"), time > 0,
                let period = files.number("\(folder)/cpu.cfs_period_us"), period > 0
            {
                let file = "\(folder)/cpu.cfs_quota_us"
                return (Double(time) / Double(period), file, "echo -1 > \(file)")
            }
            return nil
        }.min { $0.0 < $1.0 }
    }

    /// The folders of this process's control groups that hold its CPU time, each with those above it.
    private var groupFolders: [String] {
        var folders: [String] = []
        for line in files.text("/proc/self/cgroup")?.split(separator: "\n") ?? [] {
            let parts = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
            guard parts.count == 3 else { continue }
            let mounts: [String] =
                parts[1].split(separator: ",").contains("cpu")
                ? ["/sys/fs/cgroup/cpu"] : parts[1].isEmpty ? ["/sys/fs/cgroup", "/sys/fs/cgroup/unified"] : []
            var components = parts[2].split(separator: "/")
            while true {
                folders += mounts.map { ([$0] + components.map(String.init)).joined(separator: "/") }
                if components.popLast() == nil { break }
            }
        }
        return folders
    }

    /// How many numbers a list such as `0-3,8` has; nil where it is none.
    static func count(inList text: String?) -> Int? {
        guard let text else { return nil }
        var count = 0
        for range in text.split(separator: ",") {
            let ends = range.split(separator: "-").map { Int($0) }
            guard let first = ends.first ?? nil, let last = ends.last ?? nil, ends.count <= 2, first <= last else {
                return nil
            }
            count += last - first + 1
        }
        return count > 0 ? count : nil
    }

    var virtualisation: Diagnosis {
        let name = "virtualisation"
        switch isGuest {
        case true?:
            return Diagnosis(
                name, .disturbs, "a virtual machine: what the host's other guests do shows as steal at the most",
                remedy: "measure on a machine of its own, or on a host whose CPUs nobody else is given")
        case false?: return Diagnosis(name, .fine, "the CPU tells of no hypervisor")
        case nil: return Diagnosis(name, .unknown, "the CPU does not tell whether there is a hypervisor")
        }
    }

    var steal: Diagnosis {
        let name = "steal"
        guard let sinceBoot = stealSinceBoot, let share = look?.figures.stealShare, let seconds = look?.seconds else {
            return Diagnosis(name, .unknown, "the kernel counts no stolen time")
        }
        let finding =
            "\(Self.percent(share)) of the CPU time in \(Self.seconds(seconds)); "
            + "\(Self.percent(sinceBoot)) since boot"
        guard share > limits.stealShare || sinceBoot > limits.stealShare else { return Diagnosis(name, .fine, finding) }
        return Diagnosis(
            name, .disturbs, finding,
            remedy: "the host runs others on these CPUs: run in blocks over hours, or on a host of its own")
    }

    private var stealSinceBoot: Double? {
        guard let numbers = files.words(behind: "cpu ", in: "/proc/stat")?.compactMap({ Double($0) }),
            numbers.count >= 8
        else { return nil }
        let all = numbers[..<8].reduce(0, +)
        return all > 0 ? numbers[7] / all : nil
    }

    var otherLoad: Diagnosis {
        let name = "other load"
        guard let look, let share = look.figures.otherLoadShare else {
            return Diagnosis(name, .unknown, "what others use of the CPUs cannot be told")
        }
        var parts = ["\(Self.percent(share)) of the CPU time in \(Self.seconds(look.seconds))"]
        if let mean = look.figures.runnableMean { parts.append("\(mean.fixed(1)) threads runnable") }
        if let busiest = look.busiest {
            parts.append(
                "most by \(busiest.name) (process \(busiest.identifier), \(Self.percent(busiest.share)) of a CPU)")
        }
        let finding = parts.joined(separator: "; ")
        guard share > limits.otherLoadShare else { return Diagnosis(name, .fine, finding) }
        return Diagnosis(
            name, .disturbs, finding, remedy: "end what need not run, or wait for it; `top` shows who it is")
    }

    var pressure: Diagnosis {
        let name = "pressure"
        guard let look, let cpu = look.figures.cpuPressureShare else {
            return Diagnosis(
                name, .unknown, "the kernel does not tell how long threads wait (/proc/pressure)",
                remedy: "boot with psi=1, if the kernel was built with it")
        }
        let (memory, io) = (look.figures.memoryPressureShare, look.figures.ioPressureShare)
        let figures = [("CPUs", cpu as Double?), ("memory", memory), ("disks", io)].map { what, share in
            "\(what) \(share.map(Self.percent) ?? "unknown")"
        }
        let finding = "threads waited in \(Self.seconds(look.seconds)): for \(figures.joined(separator: ", for "))"
        guard cpu > limits.cpuPressureShare || memory ?? 0 > limits.memoryPressureShare else {
            return Diagnosis(name, .fine, finding)
        }
        return Diagnosis(
            name, .disturbs, finding, remedy: "there is more to do than the machine can: end what need not run")
    }

    static func percent(_ share: Double) -> String { "\((share * 100).fixed(share < 0.0995 ? 2 : 0)) %" }

    static func seconds(_ seconds: Double) -> String { "\(seconds.fixed(1)) s" }
}
