import Diagnosing
import TestSupport
import Testing

@Suite("What the doctor says")
struct DoctorReportTests {
    static let machines: [(name: String, machine: FakeMachine)] = [
        ("laptop", .laptop), ("server", .server), ("guest", .guest),
        ("silent", FakeMachine(files: [:], look: nil, results: .init(path: "Results", freeBytes: nil))),
    ]

    @Test("of a machine is what was last reviewed, word for word", arguments: machines.indices)
    func golden(index: Int) throws {
        let (name, machine) = Self.machines[index]
        let text = DoctorReport(of: machine.doctor.diagnoses()).text
        #expect(try Golden.compare(text, with: "\(name).txt").complaint == nil)
    }

    @Test("of a machine that tells nothing is that nothing can be known, and never that something is fine")
    func silent() {
        let diagnoses = FakeMachine(files: [:], look: nil, results: .init(path: "Results", freeBytes: nil))
            .doctor.diagnoses()
        #expect(diagnoses.allSatisfy { $0.state == .unknown })
    }

    @Test("names each thing once, and a remedy for all that disturbs")
    func names() {
        for (_, machine) in Self.machines {
            let diagnoses = machine.doctor.diagnoses()
            #expect(Set(diagnoses.map(\.name)).count == diagnoses.count)
            #expect(diagnoses.allSatisfy { $0.state != .disturbs || $0.remedy != nil })
        }
    }
}
