/// Values from DynamoDB's JSON, in which every value is an object with its type: `{"Id": {"N": "101"}}`.
///
/// | type | value |
/// | --- | --- |
/// | S | string |
/// | N | int if the number is an integer of 64 bits, else decimal without trailing zeros |
/// | B | blob (Base64) |
/// | BOOL, NULL | bool, NULL; the latter only as `true` |
/// | M, L | structure, list |
/// | SS, NS, BS | bag, which must not be empty nor hold an element twice |
extension Value {
    /// Reads one typed value: `{"S": "text"}`.
    ///
    /// - Throws: as `init(json:)`; `invalidDynamoDBJSON` with the offset of what is not in the form.
    public init(dynamoDBJSON bytes: [UInt8]) throws(ValueError) {
        var scanner = JSONScanner(bytes.span)
        self = try scanner.readTypedValue(startingWith: try scanner.next())
        _ = try scanner.next()
    }

    /// Reads one typed value: `{"S": "text"}`.
    ///
    /// - Throws: as `init(dynamoDBJSON:)` of bytes.
    public init(dynamoDBJSON text: String) throws(ValueError) {
        try self.init(dynamoDBJSON: Array(text.utf8))
    }
}

extension Structure {
    /// Reads one item: `{"Id": {"N": "101"}, "Title": {"S": "Book"}}`.
    ///
    /// - Throws: as `init(json:)`; `invalidDynamoDBJSON` with the offset of what is not in the form.
    public init(dynamoDBItem bytes: [UInt8]) throws(ValueError) {
        var scanner = JSONScanner(bytes.span)
        guard case .beginObject = try scanner.next() else { throw scanner.formFault() }
        self = try scanner.readTypedMembers()
        _ = try scanner.next()
    }

    /// Reads one item: `{"Id": {"N": "101"}, "Title": {"S": "Book"}}`.
    ///
    /// - Throws: as `init(dynamoDBItem:)` of bytes.
    public init(dynamoDBItem text: String) throws(ValueError) {
        try self.init(dynamoDBItem: Array(text.utf8))
    }
}

extension JSONScanner {
    /// The token that was read last is well-formed JSON, and not what DynamoDB writes.
    func formFault() -> ValueError { .invalidDynamoDBJSON(offset: tokenStart) }

    /// Reads a typed value from its opening brace, which has been read, to its closing one.
    ///
    /// - Throws: as `next()`; `invalidDynamoDBJSON`.
    package mutating func readTypedValue(startingWith token: JSONToken) throws(ValueError) -> Value {
        guard case .beginObject = token, case .name(let type) = try next() else { throw formFault() }
        let value = try readPayload(type: string(type))
        guard case .endObject = try next() else { throw formFault() }
        return value
    }

    /// Reads the attributes of an item or a map, after its opening brace, up to its closing one.
    ///
    /// - Throws: as `next()`; `invalidDynamoDBJSON`.
    package mutating func readTypedMembers() throws(ValueError) -> Structure {
        var structure = Structure()
        while case .name(let name) = try next() {
            structure.append(string(name), try readTypedValue(startingWith: try next()))
        }
        return structure
    }

    private mutating func readPayload(type: String) throws(ValueError) -> Value {
        let typeStart = tokenStart
        let token = try next()
        switch (type, token) {
        case ("S", .string(let text)): return .string(string(text))
        case ("N", .string(let text)): return try number(text)
        case ("B", .string(let text)): return try blob(text)
        case ("BOOL", .bool(let bool)): return .bool(bool)
        case ("NULL", .bool(true)): return .null
        case ("M", .beginObject): return .structure(try readTypedMembers())
        case ("L", .beginArray): return .list(try readTypedElements())
        case ("SS", .beginArray), ("NS", .beginArray), ("BS", .beginArray): return try readSet(type: type)
        case ("S", _), ("N", _), ("B", _), ("BOOL", _), ("NULL", _), ("M", _), ("L", _), ("SS", _), ("NS", _),
            ("BS", _):
            throw formFault()
        default: throw .invalidDynamoDBJSON(offset: typeStart)
        }
    }

    private mutating func readTypedElements() throws(ValueError) -> [Value] {
        var elements: [Value] = []
        while true {
            let token = try next()
            if case .endArray = token { return elements }
            elements.append(try readTypedValue(startingWith: token))
        }
    }

    /// Reads the members of a set, after its opening bracket, up to its closing one.
    mutating func readSet(type: String) throws(ValueError) -> Value {
        let start = tokenStart
        var elements: [Value] = []
        var seen: Set<Value> = []
        while true {
            let token = try next()
            if case .endArray = token { break }
            guard case .string(let text) = token else { throw formFault() }
            let element: Value =
                switch type {
                case "SS": .string(string(text))
                case "NS": try number(text)
                default: try blob(text)
                }
            guard seen.insert(element).inserted else { throw formFault() }
            elements.append(element)
        }
        guard !elements.isEmpty else { throw .invalidDynamoDBJSON(offset: start) }
        return .bag(elements)
    }

    /// What an N stands for.
    func number(_ text: JSONText) throws(ValueError) -> Value {
        do {
            return Value(normalizing: try Number.parse(string(text)))
        } catch .invalidNumber(let offset) {
            throw .invalidDynamoDBJSON(offset: text.start + offset)
        }
    }

    /// What a B stands for.
    func blob(_ text: JSONText) throws(ValueError) -> Value {
        var utf8: [UInt8] = []
        append(text, to: &utf8)
        do {
            return .blob(try Base64.decode(utf8.span))
        } catch .invalidBase64(let offset) {
            throw .invalidDynamoDBJSON(offset: text.start + offset)
        }
    }
}
