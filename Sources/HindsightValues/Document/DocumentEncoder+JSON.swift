import HindsightKeyValue

// Items from JSON text straight to the document code: no value and no string is made on the way.

extension DocumentEncoder {
    /// Makes a document of a JSON text, which is one object: as `encode(_:)` of `Value(json:)`.
    ///
    /// - Throws: As `Value(json:)` and `encode(_:)`; `invalidJSON` for another value than an object.
    package mutating func encode(json bytes: Span<UInt8>) throws(ValueError) {
        var scanner = JSONScanner(bytes)
        try encodeObject(&scanner)
        _ = try scanner.next()
    }

    /// Makes a document of the JSON object that starts at `position`, perhaps after white space, and moves `position`
    /// behind it: for texts of many objects, one after the other.
    ///
    /// - Throws: As `encode(json:)`; `position` is unchanged then.
    package mutating func encode(json bytes: Span<UInt8>, at position: inout Int) throws(ValueError) {
        var scanner = JSONScanner(bytes, from: position)
        try encodeObject(&scanner)
        position = scanner.position
    }

    /// Makes a document of an item in DynamoDB's JSON, `{"Id": {"N": "101"}}`: as `encode(_:)` of
    /// `Structure(dynamoDBItem:)`.
    ///
    /// - Throws: As `Structure(dynamoDBItem:)` and `encode(_:)`.
    package mutating func encode(dynamoDBItem bytes: Span<UInt8>) throws(ValueError) {
        var scanner = JSONScanner(bytes)
        guard case .beginObject = try scanner.next() else { throw scanner.formFault() }
        let item = writer.begin()
        try writer.appendTypedMembers(&scanner, level: 1)
        try writer.end(item, keyNames: keyNames)
        _ = try scanner.next()
        try checkSize()
    }

    private mutating func encodeObject(_ scanner: inout JSONScanner) throws(ValueError) {
        guard case .beginObject = try scanner.next() else {
            throw .invalidJSON(.unexpectedByte, offset: scanner.tokenStart)
        }
        let item = writer.begin()
        try writer.appendMembers(&scanner, level: 1)
        try writer.end(item, keyNames: keyNames)
        try checkSize()
    }
}

extension DocumentWriter {
    /// Appends the members of an object, after its opening brace, up to its closing one. `level` is the values'.
    fileprivate mutating func appendMembers(_ scanner: inout JSONScanner, level: Int) throws(ValueError) {
        while case .name(let name) = try scanner.next() {
            try beginField(name, of: scanner)
            try appendValue(startingWith: try scanner.next(), &scanner, level: level)
        }
    }

    private mutating func appendElements(_ scanner: inout JSONScanner, level: Int) throws(ValueError) {
        while true {
            let token = try scanner.next()
            if case .endArray = token { return }
            beginElement()
            try appendValue(startingWith: token, &scanner, level: level)
        }
    }

    private mutating func appendValue(
        startingWith token: JSONToken, _ scanner: inout JSONScanner, level: Int
    ) throws(ValueError) {
        guard level <= Document.maximumNesting else { throw .nestingTooDeep(limit: Document.maximumNesting) }
        switch token {
        case .string(let text): append(text, of: scanner)
        case .int(let int): append(int)
        case .decimal(let number): append(number)
        case .bool(let bool): append(bool)
        case .beginObject:
            let structure = beginContainer()
            try appendMembers(&scanner, level: level + 1)
            endStructure(structure)
        case .beginArray:
            let list = beginContainer()
            try appendElements(&scanner, level: level + 1)
            endCollection(list, family: Document.Tag.list)
        case .null, .name, .endObject, .endArray, .end: appendNull()
        }
    }

    // MARK: DynamoDB's JSON

    /// Appends the attributes of an item or map, after its opening brace, up to its closing one.
    fileprivate mutating func appendTypedMembers(_ scanner: inout JSONScanner, level: Int) throws(ValueError) {
        while case .name(let name) = try scanner.next() {
            try beginField(name, of: scanner)
            try appendTypedValue(startingWith: try scanner.next(), &scanner, level: level)
        }
    }

    /// Appends a typed value from its opening brace, which has been read, to its closing one.
    private mutating func appendTypedValue(
        startingWith token: JSONToken, _ scanner: inout JSONScanner, level: Int
    ) throws(ValueError) {
        guard level <= Document.maximumNesting else { throw .nestingTooDeep(limit: Document.maximumNesting) }
        guard case .beginObject = token, case .name(let type) = try scanner.next() else { throw scanner.formFault() }
        try appendPayload(type: scanner.string(type), &scanner, level: level)
        guard case .endObject = try scanner.next() else { throw scanner.formFault() }
    }

    private mutating func appendPayload(
        type: String, _ scanner: inout JSONScanner, level: Int
    ) throws(ValueError) {
        let typeStart = scanner.tokenStart
        let token = try scanner.next()
        switch (type, token) {
        case ("S", .string(let text)): append(text, of: scanner)
        case ("N", .string(let text)): try append(try scanner.number(text), level: level)
        case ("B", .string(let text)): try append(try scanner.blob(text), level: level)
        case ("BOOL", .bool(let bool)): append(bool)
        case ("NULL", .bool(true)): appendNull()
        case ("M", .beginObject):
            let map = beginContainer()
            try appendTypedMembers(&scanner, level: level + 1)
            endStructure(map)
        case ("L", .beginArray):
            let list = beginContainer()
            try appendTypedElements(&scanner, level: level + 1)
            endCollection(list, family: Document.Tag.list)
        case ("SS", .beginArray), ("NS", .beginArray), ("BS", .beginArray):
            // The members have to be compared with each other, and so become values.
            try append(try scanner.readSet(type: type), level: level)
        case ("S", _), ("N", _), ("B", _), ("BOOL", _), ("NULL", _), ("M", _), ("L", _), ("SS", _), ("NS", _),
            ("BS", _):
            throw scanner.formFault()
        default: throw .invalidDynamoDBJSON(offset: typeStart)
        }
    }

    private mutating func appendTypedElements(_ scanner: inout JSONScanner, level: Int) throws(ValueError) {
        while true {
            let token = try scanner.next()
            if case .endArray = token { return }
            beginElement()
            try appendTypedValue(startingWith: token, &scanner, level: level)
        }
    }

    // MARK: Text

    private mutating func beginField(_ name: JSONText, of scanner: borrowing JSONScanner) throws(ValueError) {
        if name.hasEscapes {
            var decoded: [UInt8] = []
            scanner.append(name, to: &decoded)
            try beginField(utf8: decoded.rawSpan)
        } else {
            try beginField(utf8: RawSpan(_elements: scanner.bytes).extracting(name.start..<name.end))
        }
    }

    private mutating func append(_ text: JSONText, of scanner: borrowing JSONScanner) {
        if text.hasEscapes {
            var decoded: [UInt8] = []
            scanner.append(text, to: &decoded)
            appendStringHead(byteCount: decoded.count)
            bytes.append(decoded.rawSpan)
        } else {
            appendStringHead(byteCount: text.byteCount)
            bytes.append(RawSpan(_elements: scanner.bytes).extracting(text.start..<text.end))
        }
    }
}
