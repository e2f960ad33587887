import SystemPackage
import Testing

@testable import Archiving

@Suite("SHA-256")
struct SecureHashTests {
    /// From NIST's examples for FIPS 180-4, and the empty message.
    static let examples = [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
        (
            String(repeating: "a", count: 1_000_000),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
        ),
    ]

    @Test("is the published digest of the published examples", arguments: examples.indices)
    func published(index: Int) throws {
        let (text, digest) = Self.examples[index]
        try withTemporaryFolder { folder in
            try FileSystem().write(Array(text.utf8), to: folder.appending("file"))
            #expect(try SecureHash.hexadecimalDigits(ofFile: folder.appending("file")) == digest)
        }
    }

    @Test("does not depend on how the bytes were cut", arguments: [1, 55, 56, 63, 64, 65, 119, 120, 128])
    func pieces(size: Int) {
        let bytes = (0..<300).map { UInt8(truncatingIfNeeded: $0 * 7) }
        var whole = SecureHash()
        whole.add(bytes[...])
        var cut = SecureHash()
        for start in stride(from: 0, to: 300, by: size) { cut.add(bytes[start..<min(300, start + size)]) }
        #expect(cut.hexadecimalDigits() == whole.hexadecimalDigits())
    }
}
