import HindsightTestSupport
import HindsightValues
import Testing

@Suite struct Base64Tests {
    @Test(arguments: [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
        ("foobar", "Zm9vYmFy"),
    ])
    func vectorsOfRFC4648(octets: String, text: String) throws {
        var written: [UInt8] = []
        Base64.append(Array(octets.utf8), to: &written)
        #expect(String(decoding: written, as: UTF8.self) == text)
        #expect(try Base64.decode(Array(text.utf8).span) == Array(octets.utf8))
    }

    @Test(arguments: [
        ("Z", 1), ("Zg", 2), ("Zg=", 2), ("Zg==Zg==", 2), ("Zh==", 1), ("Zm9=", 2), ("Zm 9", 2), ("====", 0),
        ("Zm9v\n", 4),
        ("Zm-_", 2), ("A===", 1),
    ])
    func refusesOtherText(text: String, offset: Int) {
        #expect(throws: ValueError.invalidBase64(offset: offset)) { try Base64.decode(Array(text.utf8).span) }
    }

    @Test func randomOctetsComeBack() throws {
        var random = SeededGenerator(seed: 43)
        for count in 0..<200 {
            let octets = (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
            var text: [UInt8] = []
            Base64.append(octets, to: &text)
            #expect(try Base64.decode(text.span) == octets)
        }
    }
}
