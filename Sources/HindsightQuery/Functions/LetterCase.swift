// Letter case by the mappings of Unicode 15, whichever version the runtime knows, so that an answer stays what it was.

extension String {
    /// The text in lower case, by the full mappings of no particular language; it may get longer.
    ///
    /// - Complexity: O(bytes).
    package var inLowerCase: String {
        LetterCase.isStable(utf8Span) ? lowercased() : mapped(\.lowercaseMapping)
    }

    /// The text in upper case, by the full mappings of no particular language; it may get longer.
    ///
    /// - Complexity: O(bytes).
    package var inUpperCase: String {
        LetterCase.isStable(utf8Span) ? uppercased() : mapped(\.uppercaseMapping)
    }

    private func mapped(_ mapping: (Unicode.Scalar.Properties) -> String) -> String {
        var result = ""
        for scalar in unicodeScalars {
            let mapped = mapping(scalar.properties)
            if mapped.unicodeScalars.allSatisfy(LetterCase.isKnown) {
                result += mapped
            } else {
                result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}

private enum LetterCase {
    /// Texts of ASCII, on which all versions agree.
    static func isStable(_ text: borrowing UTF8Span) -> Bool { text.isKnownASCII }

    /// Whether Unicode 15 has the code point.
    static func isKnown(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isASCII || (scalar.properties.age?.major ?? 0) <= 15
    }
}
