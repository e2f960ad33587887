import Testing

/// The manifest refuses an upward row; this refuses an import that has no row at all.
@Suite("Floors")
struct FloorTests {
    struct Room: Sendable, CustomTestStringConvertible {
        let name: String
        let rests: [String]
        var testDescription: String { name }
    }

    static let rooms: [Room] = {
        guard let manifest = try? Repository.text("Package.swift") else { return [] }  // no room: the count test fails
        let row = /Room\(\s*"(?<name>[^"]+)",\s*floor:\s*\d+(?<rest>[^()]*(\([^()]*\)[^()]*)*)\)/
        return manifest.matches(of: row).map { match in
            let rest = String(match.output.rest)
            let list = rest.firstMatch(of: /on:\s*\[(?<names>[^\]]*)\]/)?.output.names ?? ""
            return Room(
                name: String(match.output.name), rests: list.matches(of: /"([^"]+)"/).map { String($0.output.1) })
        }
    }()

    @Test("the manifest's table was read")
    func tableWasRead() {
        #expect(Self.rooms.count >= 20)
        #expect(Self.rooms.first { $0.name == "Analysis" }?.rests.contains("Pairing") == true)
    }

    @Test("a module imports only what its row in Package.swift names", arguments: rooms)
    func importsAreDeclared(room: Room) throws {
        let names = Set(Self.rooms.map(\.name))
        for file in try Repository.files(below: ["Sources/\(room.name)"], ending: ".swift") {
            for line in file.lines {
                guard let match = line.firstMatch(of: /^\s*(?:@\w+\s+)?(?:public\s+|internal\s+)?import\s+(\w+)/) else {
                    continue
                }
                let imported = String(match.output.1)
                #expect(
                    !names.contains(imported) || room.rests.contains(imported),
                    "\(file.path) imports \(imported): add it to the row of \(room.name), if its floor is lower")
            }
        }
    }

    @Test("the wings meet only at the trace")
    func wingsAreApart() {
        let system: Set = ["Recording", "Simulation", "Timekeeping", "CProbes", "CJemalloc"]
        let harness = [
            "Experiments", "Monitoring", "Diagnosing", "Pairing", "Statistics", "Importing", "Following", "Exporting",
            "Archiving", "Auditing", "Running", "Analysis", "Selftesting", "Gating", "Comparing", "Calibrating",
            "Reporting",
            "Commands", "assay",
        ]
        for room in Self.rooms where harness.contains(room.name) {
            #expect(system.isDisjoint(with: room.rests), "\(room.name) is of the harness: it reads traces, no more")
        }
    }
}
