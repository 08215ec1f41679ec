/// Where Ion text ends inside back-ticks: at the first back-tick that is in no Ion string, symbol, comment or lob.
enum IonText {
    /// The offset of the closing back-tick; nil if the text ends before it.
    static func end(in source: Span<UInt8>, from start: Int) -> Int? {
        var position = start
        while position < source.count {
            switch source[position] {
            case UInt8(ascii: "`"):
                return position
            case UInt8(ascii: "\""):
                position = skipShort(source, from: position)
            case UInt8(ascii: "'"):
                position = skipApostrophes(source, from: position)
            case UInt8(ascii: "/"):
                position = skipComment(source, from: position)
            case UInt8(ascii: "{"):
                position = skipLobStart(source, from: position)
            default:
                position += 1
            }
        }
        return nil
    }

    private static func byte(_ byte: Unicode.Scalar, in source: Span<UInt8>, at position: Int) -> Bool {
        position < source.count && source[position] == UInt8(ascii: byte)
    }

    /// From a quote to behind the quote that closes it; a backslash takes the next byte with it.
    private static func skipShort(_ source: Span<UInt8>, from start: Int) -> Int {
        var position = start + 1
        while position < source.count {
            if source[position] == source[start] { return position + 1 }
            position += source[position] == UInt8(ascii: "\\") ? 2 : 1
        }
        return source.count
    }

    /// `'symbol'` or `'''long string'''`.
    private static func skipApostrophes(_ source: Span<UInt8>, from start: Int) -> Int {
        guard threeApostrophes(source, at: start) else { return skipShort(source, from: start) }
        var position = start + 3
        while position < source.count {
            if threeApostrophes(source, at: position) { return position + 3 }
            position += source[position] == UInt8(ascii: "\\") ? 2 : 1
        }
        return source.count
    }

    private static func threeApostrophes(_ source: Span<UInt8>, at position: Int) -> Bool {
        byte("'", in: source, at: position) && byte("'", in: source, at: position + 1)
            && byte("'", in: source, at: position + 2)
    }

    /// `// …` or `/* … */`; a slash alone is a byte of an operator symbol.
    private static func skipComment(_ source: Span<UInt8>, from start: Int) -> Int {
        if byte("/", in: source, at: start + 1) {
            var position = start
            while position < source.count, source[position] != UInt8(ascii: "\n") { position += 1 }
            return position
        }
        guard byte("*", in: source, at: start + 1) else { return start + 1 }
        var position = start + 2
        while position < source.count {
            if byte("*", in: source, at: position), byte("/", in: source, at: position + 1) { return position + 2 }
            position += 1
        }
        return source.count
    }

    /// A brace; of a lob in base 64 all up to its first closing brace, because `//` is no comment there.
    private static func skipLobStart(_ source: Span<UInt8>, from start: Int) -> Int {
        guard byte("{", in: source, at: start + 1) else { return start + 1 }
        var position = start + 2
        while position < source.count, source[position] <= UInt8(ascii: " ") { position += 1 }
        if byte("\"", in: source, at: position) || byte("'", in: source, at: position) { return position }
        while position < source.count, source[position] != UInt8(ascii: "}") { position += 1 }
        return position
    }
}
