import Testing

@testable import Archiving

@Suite("The fingerprint of a machine")
struct MachineFingerprintTests {
    @Test("is that of the provenance, without what is of the program")
    func ofProvenance() {
        let provenance = Provenance(
            revision: "0123abc", revisionIsModified: false, binaryDigest: "aa", toolchain: "Swift version 6.3.1",
            host: "runner-7", kernel: "Linux 6.18 x86_64", processorModel: "EPYC", processorCount: 2)
        #expect(MachineFingerprint(provenance) == BaselineSamples.machine)
    }

    @Test("is the same where every field is known and equal")
    func same() {
        #expect(BaselineSamples.machine.match(BaselineSamples.machine) == .same)
    }

    @Test("differs in the fields that are known on both sides and unequal, whatever else is unknown")
    func differs() {
        var other = BaselineSamples.machine
        other.host = nil
        other.processorCount = 8
        other.toolchain = "Swift version 6.4"
        let match = BaselineSamples.machine.match(other)
        #expect(
            match
                == .differs([
                    .init(field: "number of processors", stored: "2", current: "8"),
                    .init(field: "toolchain", stored: "Swift version 6.3.1", current: "Swift version 6.4"),
                ]))
        guard case .differs(let differences) = match else { return }
        #expect(differences[0].text == "number of processors (2, now 8)")
    }

    @Test("is unknown where nothing differs and something is not known, on either side")
    func unknown() {
        var other = BaselineSamples.machine
        other.processorModel = nil
        #expect(BaselineSamples.machine.match(other) == .unknown(fields: ["processor"]))
        #expect(other.match(BaselineSamples.machine) == .unknown(fields: ["processor"]))
        #expect(other.match(other) == .unknown(fields: ["processor"]))
    }
}
