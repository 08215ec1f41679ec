/// Values from JSON text.
///
/// Objects become structures, arrays lists; numbers without point and exponent become integers if 64 bits hold them, and
/// all others decimals, exactly. A name that repeats is kept as often as it is written.
extension Value {
    /// Reads one JSON text (RFC 8259, strictly).
    ///
    /// - Throws: `invalidJSON` with the offset of the first wrong byte; `numberTooPrecise` beyond 38 digits,
    ///   `numberOverflow`, `numberUnderflow`, `nestingTooDeep` beyond 100 levels.
    public init(json bytes: [UInt8]) throws(ValueError) {
        try self.init(json: bytes.span)
    }

    /// Reads one JSON text (RFC 8259, strictly).
    ///
    /// - Throws: as `init(json:)` of bytes.
    public init(json text: String) throws(ValueError) {
        var text = text
        text.makeContiguousUTF8()
        try self.init(json: text.utf8.span)
    }

    /// Reads one JSON text (RFC 8259, strictly).
    ///
    /// - Throws: as `init(json:)` of bytes.
    public init(json bytes: Span<UInt8>) throws(ValueError) {
        var scanner = JSONScanner(bytes)
        self = try scanner.readValue(startingWith: try scanner.next())
        _ = try scanner.next()
    }
}

extension JSONScanner {
    /// Reads the value that begins with a token that has been read.
    ///
    /// - Throws: as `next()`.
    package mutating func readValue(startingWith token: JSONToken) throws(ValueError) -> Value {
        switch token {
        case .string(let text): .string(string(text))
        case .int(let integer): .int(integer)
        case .decimal(let number): .decimal(number)
        case .bool(let bool): .bool(bool)
        case .beginObject: .structure(try readMembers())
        case .beginArray: .list(try readElements())
        case .null, .name, .endObject, .endArray, .end: .null
        }
    }

    private mutating func readElements() throws(ValueError) -> [Value] {
        var elements: [Value] = []
        while true {
            let token = try next()
            if case .endArray = token { return elements }
            if elements.isEmpty { elements.reserveCapacity(4) }
            elements.append(try readValue(startingWith: token))
        }
    }

    private mutating func readMembers() throws(ValueError) -> Structure {
        var structure = Structure()
        while case .name(let name) = try next() {
            if structure.isEmpty { structure.reserveCapacity(4) }
            structure.append(string(name), try readValue(startingWith: try next()))
        }
        return structure
    }
}
