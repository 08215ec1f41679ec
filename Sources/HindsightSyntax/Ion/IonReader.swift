import HindsightValues

/// Reads one value from Ion text, as it stands between back-ticks. Annotations are read and dropped.
///
/// - Note: Amazon Ion 1.0, text format. Integers beyond 64 bits become decimals, decimals of more than 38 digits are
///   rounded.
package struct IonReader {
    /// How deep lists, s-expressions and structs may nest.
    static let maximumNesting = 200

    let bytes: [UInt8]
    var position = 0
    private var depth = 0
    /// Whether a list with one of DynamoDB's annotations for sets is a bag.
    private let readsSets: Bool

    private init(_ bytes: [UInt8], readsSets: Bool) {
        self.bytes = bytes
        self.readsSets = readsSets
    }

    /// The value that the whole of `bytes` stands for.
    package static func value(of bytes: [UInt8]) throws(IonFault) -> Value {
        try value(of: IonReader(bytes, readsSets: false))
    }

    /// Likewise, of an export of DynamoDB: `$dynamodb_SS::["a", "b"]` and its kin are bags.
    package static func item(of bytes: [UInt8]) throws(IonFault) -> Value {
        try value(of: IonReader(bytes, readsSets: true))
    }

    private static func value(of reader: IonReader) throws(IonFault) -> Value {
        var reader = reader
        try reader.skipSpace()
        let value = try reader.value()
        try reader.skipSpace()
        guard reader.byte == nil else { throw reader.fault("expected one Ion value, found more text behind it") }
        return value
    }

    // MARK: Bytes

    var byte: UInt8? { position < bytes.count ? bytes[position] : nil }

    func at(_ scalar: Unicode.Scalar, _ distance: Int = 0) -> Bool {
        position + distance < bytes.count && bytes[position + distance] == UInt8(ascii: scalar)
    }

    mutating func consume(_ scalar: Unicode.Scalar) -> Bool {
        guard at(scalar) else { return false }
        position += 1
        return true
    }

    func fault(_ message: String, at offset: Int? = nil) -> IonFault {
        IonFault(message: message, offset: offset ?? position)
    }

    /// Skips white space and comments.
    mutating func skipSpace() throws(IonFault) {
        while let byte {
            if byte <= UInt8(ascii: " ") {
                position += 1
            } else if at("/"), at("/", 1) {
                while position < bytes.count, !at("\n") { position += 1 }
            } else if at("/"), at("*", 1) {
                try skipComment()
            } else {
                return
            }
        }
    }

    private mutating func skipComment() throws(IonFault) {
        let start = position
        position += 2
        while !(at("*") && at("/", 1)) {
            guard position < bytes.count else { throw fault("the Ion comment has no end", at: start) }
            position += 1
        }
        position += 2
    }

    // MARK: Values

    private mutating func value(inSexp: Bool = false) throws(IonFault) -> Value {
        guard let first = byte else { throw fault("expected an Ion value, found the end") }
        switch first {
        case UInt8(ascii: "{"):
            return at("{", 1)
                ? try lob() : .structure(try nested { (reader) throws(IonFault) in try reader.structure() })
        case UInt8(ascii: "["):
            return .list(try nested { (reader) throws(IonFault) in try reader.list() })
        case UInt8(ascii: "("):
            return .sexp(try nested { (reader) throws(IonFault) in try reader.sexp() })
        case UInt8(ascii: "\""):
            return .string(try shortText())
        case UInt8(ascii: "'"):
            return try apostrophes(inSexp: inSexp)
        case _ where first.isASCIIDigit:
            return try numberOrTimestamp()
        case UInt8(ascii: "-") where position + 1 < bytes.count && bytes[position + 1].isASCIIDigit:
            return try numberOrTimestamp()
        case UInt8(ascii: "+"), UInt8(ascii: "-"):
            if let infinity = infinity() { return infinity }
            return inSexp ? .symbol(operatorSymbol()) : try unexpected()
        case _ where first.isNameStart:
            return try word(inSexp: inSexp)
        case _ where inSexp && first.isIonOperator:
            return .symbol(operatorSymbol())
        default:
            return try unexpected()
        }
    }

    private func unexpected() throws(IonFault) -> Value {
        throw fault("this is no Ion value")
    }

    private mutating func nested<Result>(
        _ read: (inout IonReader) throws(IonFault) -> Result
    ) throws(IonFault) -> Result {
        guard depth < Self.maximumNesting else {
            throw fault("the Ion value is nested more than \(Self.maximumNesting) levels deep")
        }
        depth += 1
        defer { depth -= 1 }
        return try read(&self)
    }

    private mutating func infinity() -> Value? {
        let sign = bytes[position]
        guard at("i", 1), at("n", 2), at("f", 3), position + 4 >= bytes.count || !bytes[position + 4].isNamePart else {
            return nil
        }
        position += 4
        return .float(sign == UInt8(ascii: "-") ? -.infinity : .infinity)
    }

    /// Characters that make a symbol in an s-expression.
    private mutating func operatorSymbol() -> String {
        let start = position
        while let byte, byte.isIonOperator { position += 1 }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    /// A quoted symbol, a long string, or an annotation and what it stands before.
    private mutating func apostrophes(inSexp: Bool) throws(IonFault) -> Value {
        if at("'", 1), at("'", 2) { return .string(try longText()) }
        let symbol = try shortText()
        return try isAnnotation() ? try annotated(symbol, inSexp: inSexp) : .symbol(symbol)
    }

    /// Takes `::` if it follows.
    private mutating func isAnnotation() throws(IonFault) -> Bool {
        let end = position
        try skipSpace()
        guard at(":"), at(":", 1) else {
            position = end
            return false
        }
        position += 2
        return true
    }

    private mutating func annotated(_ annotation: String, inSexp: Bool) throws(IonFault) -> Value {
        try skipSpace()
        let value = try nested { (reader) throws(IonFault) in try reader.value(inSexp: inSexp) }
        guard readsSets, Self.setAnnotations.contains(annotation), case .list(let elements) = value else {
            return value
        }
        return .bag(elements)
    }

    private static let setAnnotations: Set<String> = ["$dynamodb_SS", "$dynamodb_NS", "$dynamodb_BS"]

    private mutating func word(inSexp: Bool) throws(IonFault) -> Value {
        let start = position
        while let byte, byte.isNamePart { position += 1 }
        let word = String(decoding: bytes[start..<position], as: UTF8.self)
        if try isAnnotation() { return try annotated(word, inSexp: inSexp) }
        switch word {
        case "true": return .bool(true)
        case "false": return .bool(false)
        case "nan": return .float(.nan)
        case "null": return try null()
        default: return .symbol(word)
        }
    }

    private static let nullTypes: Set<String> = [
        "null", "bool", "int", "float", "decimal", "timestamp", "string", "symbol", "blob", "clob", "struct", "list",
        "sexp",
    ]

    /// `null` is read; a type may follow, which makes no difference.
    private mutating func null() throws(IonFault) -> Value {
        guard consume(".") else { return .null }
        let start = position
        while let byte, byte.isNamePart { position += 1 }
        guard Self.nullTypes.contains(String(decoding: bytes[start..<position], as: UTF8.self)) else {
            throw fault("there is no such null in Ion", at: start)
        }
        return .null
    }

    // MARK: Collections

    private mutating func list() throws(IonFault) -> [Value] {
        position += 1
        var elements: [Value] = []
        try skipSpace()
        while !consume("]") {
            elements.append(try value())
            try skipSpace()
            guard consume(",") || at("]") else { throw fault("expected `,` or `]` in the Ion list") }
            try skipSpace()
        }
        return elements
    }

    private mutating func sexp() throws(IonFault) -> [Value] {
        position += 1
        var elements: [Value] = []
        try skipSpace()
        while !consume(")") {
            elements.append(try value(inSexp: true))
            try skipSpace()
        }
        return elements
    }

    private mutating func structure() throws(IonFault) -> Structure {
        position += 1
        var structure = Structure()
        try skipSpace()
        while !consume("}") {
            let name = try fieldName()
            try skipSpace()
            guard consume(":") else { throw fault("expected `:` behind the field's name in the Ion struct") }
            try skipSpace()
            structure.append(name, try value())
            try skipSpace()
            guard consume(",") || at("}") else { throw fault("expected `,` or `}` in the Ion struct") }
            try skipSpace()
        }
        return structure
    }

    private mutating func fieldName() throws(IonFault) -> String {
        if at("'"), at("'", 1), at("'", 2) { return try longText() }
        if at("\"") || at("'") { return try shortText() }
        guard let byte, byte.isNameStart else { throw fault("expected a field's name in the Ion struct") }
        let start = position
        while let byte = self.byte, byte.isNamePart { position += 1 }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }
}

/// What is wrong with an Ion text, and where: an offset in bytes from its start.
package struct IonFault: Error, Equatable {
    package let message: String
    package let offset: Int
}

extension UInt8 {
    fileprivate var isIonOperator: Bool {
        switch self {
        case UInt8(ascii: "!"), UInt8(ascii: "#"), UInt8(ascii: "%"), UInt8(ascii: "&"), UInt8(ascii: "*"),
            UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "/"), UInt8(ascii: ";"),
            UInt8(ascii: "<"), UInt8(ascii: "="), UInt8(ascii: ">"), UInt8(ascii: "?"), UInt8(ascii: "@"),
            UInt8(ascii: "^"), UInt8(ascii: "|"), UInt8(ascii: "~"):
            true
        default:
            false
        }
    }
}
