import HindsightKeyValue
import HindsightTestSupport
import Testing

@Suite struct RawSpanTests {
    private let sample: [UInt8] = [0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0xFF]

    @Test func loadsIntegers() {
        let span = sample.span.bytes
        #expect(span.byte(at: 8) == 0xFF)
        #expect(span.loadLittleEndian(UInt16.self, at: 0) == 0x0201)
        #expect(span.loadLittleEndian(UInt32.self, at: 1) == 0x0504_0302)
        #expect(span.loadLittleEndian(UInt64.self, at: 1) == 0xFF08_0706_0504_0302)
        #expect(span.loadBigEndian(UInt16.self, at: 7) == 0x08FF)
        #expect(span.loadBigEndian(UInt32.self, at: 0) == 0x0102_0304)
        #expect(span.loadBigEndian(UInt64.self, at: 0) == 0x0102_0304_0506_0708)
        #expect(span.loadBigEndian(Int8.self, at: 8) == -1)
    }

    @Test(arguments: [
        (9, 0, true), (0, 9, true), (3, 6, true), (1, 9, false), (10, 0, false), (-1, 0, false), (1, -1, false),
        (.max, 1, false), (1, .max, false),
    ])
    func knowsWhatItContains(count: Int, offset: Int, expected: Bool) {
        let answer = sample.span.bytes.contains(count, at: offset)
        #expect(answer == expected)
    }

    @Test func copies() {
        let span = sample.span.bytes
        #expect(span.array == sample)
        #expect(span.array(in: 2..<4) == [3, 4])
        #expect(span.array(in: 9..<9) == [])
        #expect(RawSpan().array == [])
    }

    @Test func comparesAsMemcmp() {
        let ordered: [[UInt8]] = [[], [0], [0, 0], [0, 1], [1], [1, 0xFF], [2], [0x7F], [0x80], [0xFF], [0xFF, 0]]
        for (place, left) in ordered.enumerated() {
            for (otherPlace, right) in ordered.enumerated() {
                let sign = left.span.bytes.compare(right.span.bytes).signum()
                #expect(sign == (place - otherPlace).signum(), "\(left) and \(right)")
                #expect(left.span.bytes.isEqual(to: right.span.bytes) == (left == right))
                #expect(left.span.bytes.hasPrefix(right.span.bytes) == left.starts(with: right))
            }
        }
    }

    @Test func findsCommonPrefixes() {
        let base = (0..<40).map { UInt8($0) }
        for count in 0...40 {
            var other = base
            if count < 40 { other[count] ^= 0x80 }
            #expect(base.span.bytes.commonPrefixCount(with: other.span.bytes) == count)
            #expect(base.span.bytes.commonPrefixCount(with: Array(base[..<count]).span.bytes) == count)
        }
    }

    @Test func readsTextAndRepairsNothing() {
        let text = bytes("aé漢😀")
        #expect(text.span.bytes.string(in: 0..<text.count) == "aé漢😀")
        #expect(text.span.bytes.string(in: 1..<3) == "é")
        #expect(text.span.bytes.string(in: 1..<2) == nil)
        #expect(text.span.bytes.string(in: 0..<0) == "")
        for invalid: [UInt8] in [[0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xE6, 0xBC]] {
            #expect(invalid.span.bytes.string(in: 0..<invalid.count) == nil, "\(invalid)")
        }
        #expect(sample.span.bytes.hexadecimal == "0102030405060708ff")
    }

    // MARK: Checksum

    /// RFC 3720, appendix B.4, and the check value of the CRC catalogue.
    @Test func checksumIsCRC32C() {
        let zeros = [UInt8](repeating: 0, count: 32)
        let ones = [UInt8](repeating: 0xFF, count: 32)
        let rising = (0..<32).map { UInt8($0) }
        let falling = (0..<32).map { UInt8(31 - $0) }
        #expect(zeros.span.bytes.checksum32 == 0x8A91_36AA)
        #expect(ones.span.bytes.checksum32 == 0x62A8_AB43)
        #expect(rising.span.bytes.checksum32 == 0x46DD_794E)
        #expect(falling.span.bytes.checksum32 == 0x113F_DB5C)
        #expect(bytes("123456789").span.bytes.checksum32 == 0xE306_9283)
        #expect(RawSpan().checksum32 == 0)
    }

    @Test func checksumInSoftwareIsTheSame() {
        var generator = SeededGenerator(seed: 17)
        for count in 0..<200 {
            let content = (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
            #expect(content.span.bytes.checksum32 == content.span.bytes.checksum32InSoftware)
        }
    }

    @Test func checksumsContinue() {
        let text = bytes("123456789")
        for split in 0...text.count {
            let head = Array(text[..<split])
            let tail = Array(text[split...])
            #expect(tail.span.bytes.checksum32(after: head.span.bytes.checksum32) == 0xE306_9283)
        }
    }

    // MARK: Hashes

    /// Values of the reference implementation, `xxhsum -H1`, with seed 0.
    @Test func fastHashIsXXH64() {
        #expect(bytes("").span.bytes.fastHash == 0xEF46_DB37_51D8_E999)
        #expect(bytes("a").span.bytes.fastHash == 0xD24E_C4F1_A98C_6E5B)
        #expect(bytes("abc").span.bytes.fastHash == 0x44BC_2CF5_AD77_0999)
        #expect(
            bytes("Nobody inspects the spammish repetition").span.bytes.fastHash == 0xFBCE_A83C_8A37_8BF1)
    }

    /// `vectors.h` of the reference implementation: key 00 … 0f, input 00 01 02 … of growing length.
    @Test(arguments: [
        (0, "a3817f04ba25a8e66df67214c7550293"),
        (1, "da87c1d86b99af44347659119b22fc45"),
        (63, "5150d1772f50834a503e069a973fbd7c"),
    ])
    func longHashIsSipHash(count: Int, hash: String) {
        let input = (0..<count).map { UInt8($0) }
        let result = input.span.bytes.sipHash128(keyLow: 0x0706_0504_0302_0100, keyHigh: 0x0F0E_0D0C_0B0A_0908)
        #expect(result.bytes.span.bytes.hexadecimal == hash)
    }

    /// Values of Python's `hashlib.blake2b(…, digest_size=32)`.
    @Test func strongHashIsBLAKE2b() {
        let ofNothing = "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8"
        #expect(RawSpan().blake2b256().hexadecimal == ofNothing)
        #expect([Hash256]().blake2b256().hexadecimal == ofNothing)
        let text = bytes("abc")
        #expect(
            text.span.bytes.blake2b256().hexadecimal
                == "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319")
    }

    @Test func strongHashesSortAsTheirBytes() {
        let hashes = (0..<100).map { number in
            let text = bytes("\(number)")
            return text.span.bytes.blake2b256()
        }.sorted()
        for (left, right) in zip(hashes, hashes.dropFirst()) {
            let content = left.bytes
            #expect(content.lexicographicallyPrecedes(right.bytes))
            let again = Hash256(content.span.bytes)
            #expect(again == left)
        }
        let short = bytes("short")
        let ofShort = Hash256(short.span.bytes)
        #expect(ofShort == nil)
        let all = hashes.flatMap(\.bytes)
        let ofAll = all.span.bytes.blake2b256()
        #expect(hashes.blake2b256() == ofAll)
    }
}
