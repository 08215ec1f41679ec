import HindsightValues
import Testing

@testable import HindsightQuery

@Suite struct TimePatternTests {
    @Test(arguments: [
        ("y-MM-dd'T'HH:mm:ssX", "1969-07-20T20:18:05+08"), ("M-d-yy", "7-20-69"),
        ("MMMM d, y h:m a", "July 20, 1969 8:18 PM"),
        ("MMM MMMMM", "Jul J"), ("SSS n", "004 4000000"), ("XX XXX x xx xxx", "+0800 +08:00 +08 +0800 +08:00"),
        ("''yyyy''", "'1969'"), ("'o''clock'", "o'clock"),
    ])
    func formats(pattern: String, expected: String) throws {
        let timestamp = try Timestamp.parse("1969-07-20T20:18:05.004+08:00")
        #expect(try TimePattern(pattern).format(TimeFields(timestamp)) == expected)
    }

    @Test(arguments: ["G", "not_a_pattern", "MMMMMM", "aa", "yyyyy", "'open", "[y]", "SSSSSSSSSS"])
    func refusesPatterns(pattern: String) {
        #expect(throws: EvaluationFailure.self) { try TimePattern(pattern) }
    }

    @Test(arguments: [
        ("69", "yy", "2069T"), ("70", "yy", "1970T"), ("1 Dec", "y MMM", "0001-12T"),
        ("1 march 3", "y MMMM d", "0001-03-03"),
        ("2 1 1 0 0 -0159", "y M d H m xx", "0002-01-01T00:00-01:59"),
        ("2 1 1 0 0 Z", "y M d H m X", "0002-01-01T00:00Z"),
        ("1 1 1 11 59 PM", "y M d h m a", "0001-01-01T23:59-00:00"),
        ("1 1 1 12 1 am", "y M d h m a", "0001-01-01T00:01-00:00"),
        ("1 1 1 0 0 0 01", "y M d H m s SS", "0001-01-01T00:00:00.01-00:00"),
        ("1 1 1 0 0 0 1", "y M d H m s n", "0001-01-01T00:00:00.000000001-00:00"),
    ])
    func parses(text: String, pattern: String, expected: String) throws {
        let timestamp = try TimePattern(pattern).parse(text).timestamp()
        #expect(timestamp.description == expected)
    }

    @Test(arguments: [
        ("0", "y"), ("9", "yy"), ("010", "yyyy"), ("10 13", "y M"), ("10 001", "y MM"), ("10 Fub", "y MMM"),
        ("10 1 1 25 1", "y M d H m"), ("10 1 1 13 1 AM", "y M d h m a"), ("10 1 1 1 1 -24", "y M d H m x"),
        ("10 1 1 1 1 Z", "y M d H m x"), ("10 1 1 1 1 +1", "y M d H m X"), ("10 1 1 x", "y M d"),
        ("1 1", "M d"), ("1 Z", "y X"), ("1 1 1 1", "y M d h"), ("1 1 1 AM", "y M d a"), ("1 J", "y MMMMM"),
        ("2 30 1", "M d y"),
    ])
    func refusesTexts(text: String, pattern: String) {
        #expect(throws: EvaluationFailure.self) { try TimePattern(pattern).parse(text).timestamp() }
    }
}
