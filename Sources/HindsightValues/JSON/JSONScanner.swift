/// Takes a JSON text (RFC 8259) apart, token by token, without building anything.
///
/// Strict: one value and white space, nothing else; no byte order mark, no comments, no lone surrogates, valid UTF-8.
/// Numbers are exact to 38 digits. Names may repeat. Must not know what is made of the tokens: `Value(json:)` and the
/// document code read the same ones.
package struct JSONScanner: ~Escapable {
    /// How deep arrays and objects may be nested unless the caller says otherwise.
    package static let nestingLimit = 100
    /// What the bits of `containers` can hold.
    private static let greatestNestingLimit = 128

    /// What may come next.
    private enum Expectation {
        /// A value: at the start, after a colon.
        case value
        /// A value, or the end of an array that has just begun.
        case firstElement
        /// A name, or the end of an object that has just begun.
        case firstName
        /// A comma, or the end of the array.
        case nextElement
        /// A comma, or the end of the object.
        case nextName
        /// Nothing but white space.
        case end
    }

    let bytes: Span<UInt8>
    /// The offset of the next byte to be read.
    package internal(set) var position: Int
    /// The offset of the token that was read last.
    package private(set) var tokenStart: Int
    private var expectation = Expectation.value
    /// One bit a container, the innermost lowest: 1 for an object.
    private var containers: UInt128 = 0
    /// How many containers are open.
    package private(set) var depth = 0
    private let nestingLimit: Int

    /// - Parameter position: where the value starts; what comes before is not looked at.
    @_lifetime(copy bytes)
    package init(_ bytes: Span<UInt8>, from position: Int = 0, nestingLimit: Int = JSONScanner.nestingLimit) {
        self.bytes = bytes
        self.position = position
        tokenStart = position
        self.nestingLimit = min(nestingLimit, JSONScanner.greatestNestingLimit)
    }

    /// Reads one token. When `depth` is back at zero after a token the value is complete; one that goes on reading
    /// makes sure that nothing follows it.
    ///
    /// - Throws: `invalidJSON` with the offset of the first wrong byte; `numberTooPrecise`, `numberOverflow`,
    ///   `numberUnderflow`, `nestingTooDeep`.
    package mutating func next() throws(ValueError) -> JSONToken {
        skipWhitespace()
        tokenStart = position
        switch expectation {
        case .value: return try scanValue()
        case .firstElement: return isAt("]") ? close(.endArray) : try scanValue()
        case .firstName: return isAt("}") ? close(.endObject) : try scanName()
        case .nextElement:
            if isAt("]") { return close(.endArray) }
            try skip(",")
            return try scanValue()
        case .nextName:
            if isAt("}") { return close(.endObject) }
            try skip(",")
            return try scanName()
        case .end:
            guard position == bytes.count else { throw .invalidJSON(.trailingContent, offset: position) }
            return .end
        }
    }

    // MARK: Structure

    private mutating func scanName() throws(ValueError) -> JSONToken {
        guard isAt("\"") else { throw fault() }
        let name = try scanString()
        skipWhitespace()
        guard isAt(":") else { throw fault() }
        position += 1
        expectation = .value
        return .name(name)
    }

    private mutating func scanValue() throws(ValueError) -> JSONToken {
        guard position < bytes.count else { throw fault() }
        switch bytes[position] {
        case UInt8(ascii: "{"): return try open(.beginObject, isObject: true)
        case UInt8(ascii: "["): return try open(.beginArray, isObject: false)
        case UInt8(ascii: "\""): return completed(.string(try scanString()))
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return completed(try scanNumber())
        case UInt8(ascii: "t"): return try scanWord("true", .bool(true))
        case UInt8(ascii: "f"): return try scanWord("false", .bool(false))
        case UInt8(ascii: "n"): return try scanWord("null", .null)
        default: throw fault()
        }
    }

    private mutating func open(_ token: JSONToken, isObject: Bool) throws(ValueError) -> JSONToken {
        guard depth < nestingLimit else { throw .nestingTooDeep(limit: nestingLimit) }
        position += 1
        depth += 1
        containers = containers << 1 | (isObject ? 1 : 0)
        expectation = isObject ? .firstName : .firstElement
        return token
    }

    private mutating func close(_ token: JSONToken) -> JSONToken {
        position += 1
        depth -= 1
        containers >>= 1
        return completed(token)
    }

    /// Notes that a whole value has been read.
    private mutating func completed(_ token: JSONToken) -> JSONToken {
        expectation = depth == 0 ? .end : containers & 1 == 1 ? .nextName : .nextElement
        return token
    }

    private mutating func scanWord(_ word: String, _ token: JSONToken) throws(ValueError) -> JSONToken {
        for byte in word.utf8 {
            guard position < bytes.count, bytes[position] == byte else { throw fault() }
            position += 1
        }
        return completed(token)
    }

    // MARK: Bytes

    private mutating func skipWhitespace() {
        while position < bytes.count {
            switch bytes[position] {
            case 0x20, 0x09, 0x0A, 0x0D: position += 1
            default: return
            }
        }
    }

    func isAt(_ character: Unicode.Scalar) -> Bool {
        position < bytes.count && bytes[position] == UInt8(ascii: character)
    }

    /// Steps over a comma and what is white after it.
    private mutating func skip(_ character: Unicode.Scalar) throws(ValueError) {
        guard isAt(character) else { throw fault() }
        position += 1
        skipWhitespace()
        tokenStart = position
    }

    /// What is wrong at `position`: the end, or a byte that does not belong there.
    func fault() -> ValueError {
        .invalidJSON(position < bytes.count ? .unexpectedByte : .unexpectedEnd, offset: position)
    }
}
