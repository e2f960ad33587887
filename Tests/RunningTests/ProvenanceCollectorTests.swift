import Archiving
import SystemPackage
import Testing

@testable import Running

@Suite("Where numbers come from")
struct ProvenanceCollectorTests {
    @Test("the digest of a file is its SHA-256, whatever its name")
    func digest() async throws {
        try await withTemporaryFolder { folder in
            let path = folder.appending("odd\\name\n")
            try FileSystem().write(Array("abc".utf8), to: path)
            // FIPS 180-4, example "abc".
            #expect(
                await ProvenanceCollector.digest(of: path)
                    == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
            #expect(await ProvenanceCollector.digest(of: folder.appending("missing")) == nil)
        }
    }

    @Test("this machine tells its host, kernel and processors")
    func machine() async {
        let provenance = await ProvenanceCollector.collect(program: launcher)
        #expect(provenance.host?.isEmpty == false)
        #expect(provenance.kernel?.hasPrefix("Linux ") == true)
        #expect((provenance.processorCount ?? 0) >= 1)
        #expect(provenance.binaryDigest?.count == 64)
        #expect(provenance.toolchain?.contains("Swift version") == true)
        // Outside a work tree, as in an exported copy, both are unknown; inside, both are known.
        #expect((provenance.revision == nil) == (provenance.revisionIsModified == nil))
        #expect(provenance.revision.map { $0.allSatisfy(\.isHexDigit) } != false)
    }

    @Test(
        "the processor's model is the first that the kernel names",
        arguments: [
            ("processor\t: 0\nmodel name\t: Some CPU @ 2.5GHz\nmodel name\t: Other\n", "Some CPU @ 2.5GHz"),
            ("processor\t: 0\nmodel name\t:\n", nil), ("BogoMIPS\t: 50\n", nil), ("", nil),
        ])
    func model(text: String, model: String?) {
        #expect(ProvenanceCollector.model(inCPUInformation: text) == model)
    }

    @Test("a tool that is missing, or fails, has no answer")
    func tools() async {
        #expect(await Tool.answer("no-such-tool-anywhere", []) == nil)
        #expect(await Tool.answer("false", []) == nil)
        #expect(await Tool.answer("echo", ["two  words"]) == "two  words")
    }
}
