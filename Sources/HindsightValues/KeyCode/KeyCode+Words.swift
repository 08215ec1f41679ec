import HindsightKeyValue

extension KeyCode {
    /// Any raw key, whole or as it is stored, as words for logs and tests: `"abc"/42/x'00ff'`. A stored long key ends in
    /// its hash, `"abc"/…#0123…`, and bytes that are no key stand in hexadecimal, `?0123…`.
    package static func describe(_ key: RawSpan) -> String {
        guard isShortened(key) else { return words(key, rest: { "?" + $0.rawSpan.hexadecimal }) }
        let hash = key.array(in: storedPrefixLength..<key.byteCount)
        return words(key.extracting(0..<storedPrefixLength), rest: { _ in "…" }) + "#" + hash.rawSpan.hexadecimal
    }

    /// The components of `key`, and what `rest` makes of the bytes from the first one on that is none.
    private static func words(_ key: RawSpan, rest: ([UInt8]) -> String) -> String {
        var reader = KeyReader(key)
        var words: [String] = []
        while !reader.isAtEnd {
            guard let component = try? reader.next() else {
                words.append(rest(key.array(in: reader.offset..<key.byteCount)))
                break
            }
            words.append(word(component))
        }
        return words.joined(separator: "/")
    }

    private static func word(_ component: Value) -> String {
        switch component {
        case .string(let text): quoted(text)
        case .blob(let bytes): "x'" + bytes.rawSpan.hexadecimal + "'"
        default: component.description
        }
    }

    /// `text` between double quotes; quotes, backslashes and control characters escaped.
    private static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": quoted += "\\\(scalar)"
            case "\u{0}"..."\u{1F}", "\u{7F}": quoted += "\\u{" + String(scalar.value, radix: 16) + "}"
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}
