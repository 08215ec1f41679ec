import HindsightQuery
import HindsightValues
import Testing

@Suite struct TextTests {
    @Test func countsCodePoints() {
        #expect("avião".codePointCount == 5)
        #expect("👩🏽".codePointCount == 2)
        #expect("".codePointCount == 0)
    }

    @Test(arguments: [
        (Int64(1), Int64?.none, "123456789"), (2, nil, "23456789"), (-4, nil, "123456789"), (-4, 6, "1"), (1, 2, "12"),
        (0, 0, ""), (10, nil, ""), (8, 999, "89"), (1, 0, ""), (Int64.max, Int64.max, ""), (Int64.min, 5, ""),
    ])
    func cutsParts(start: Int64, count: Int64?, expected: String) {
        #expect("123456789".codePoints(from: start, count: count) == expected)
    }

    @Test func trimsSetsOfCodePoints() {
        #expect("111112a1212121211".trimmed("12", leading: true, trailing: true) == "a")
        #expect("💩💩😁💩".trimmed("💩", leading: true, trailing: false) == "😁💩")
        #expect("  ".trimmed(" ", leading: true, trailing: true) == "")
    }

    @Test func replacesAndSplits() {
        #expect("abcabcabcdef".replacingOccurrences(of: "abcabc", with: "XXX") == "XXXabcdef")
        #expect("ab".replacingOccurrences(of: "", with: "X") == "XaXbX")
        #expect("a,b,,c".split(at: ",") == ["a", "b", "", "c"])
        #expect("äb".split(at: "") == ["ä", "b"])
        #expect("".split(at: ",") == [""])
    }

    @Test func comparesBytes() {
        #expect("e\u{301}tude".hasBytePrefix("e\u{301}"))
        #expect(!"e\u{301}tude".hasBytePrefix("\u{e9}"))
        #expect("hindsight".hasByteSuffix("sight"))
        #expect(!"sight".hasByteSuffix("hindsight"))
        #expect("hindsight".firstByteOffset(of: "sight") == 4)
        #expect("hindsight".firstByteOffset(of: "") == 0)
        #expect("hind".firstByteOffset(of: "hindsight") == nil)
    }
}
