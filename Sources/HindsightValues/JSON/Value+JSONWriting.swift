/// Values as JSON text, on one line and without blanks.
///
/// | value | JSON |
/// | --- | --- |
/// | int, decimal | the number, exactly (a decimal may have an exponent: `1E+40`) |
/// | float | the shortest number that reads back the same; NaN and the infinities: `null` |
/// | string, symbol | string |
/// | timestamp, date, time | string in ISO 8601 |
/// | interval | string in ISO 8601: `"P1Y2M"`, `"PT90S"` |
/// | blob | string in Base64 |
/// | clob | string, one scalar for each octet |
/// | list, bag, s-expression | array |
/// | structure | object; attributes that are MISSING are left out, names that repeat are not |
/// | NULL, and MISSING elsewhere | `null` |
///
/// These are the rules by which Ion is written as JSON (amazon-ion.github.io/ion-docs, "Down-converting to JSON"). They
/// lose the kind, so that reading gives an equal value only for what JSON itself has.
extension Value {
    /// The value as JSON text.
    public var json: String {
        var bytes: [UInt8] = []
        appendJSON(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Appends the value as JSON text in UTF-8.
    public func appendJSON(to bytes: inout [UInt8]) {
        switch self {
        case .missing, .null: bytes.append(ascii: "null")
        case .bool(let bool): bytes.append(ascii: bool ? "true" : "false")
        case .int(let integer): bytes.appendDecimal(integer)
        case .decimal(let number): number.append(to: &bytes)
        case .float(let float): bytes.append(ascii: float.isFinite ? "\(float)" : "null")
        case .string(let text), .symbol(let text): JSONWriter.append(text, to: &bytes)
        case .timestamp(let timestamp): JSONWriter.appendQuoted(&bytes) { timestamp.append(to: &$0) }
        case .date(let date): JSONWriter.appendQuoted(&bytes) { date.append(to: &$0) }
        case .time(let time): JSONWriter.appendQuoted(&bytes) { time.append(to: &$0) }
        case .interval(let interval): JSONWriter.appendQuoted(&bytes) { interval.appendISO8601(to: &$0) }
        case .blob(let octets): JSONWriter.appendQuoted(&bytes) { Base64.append(octets, to: &$0) }
        case .clob(let octets):
            JSONWriter.append(String(String.UnicodeScalarView(octets.lazy.map(Unicode.Scalar.init))), to: &bytes)
        case .list(let elements), .bag(let elements), .sexp(let elements): JSONWriter.append(elements, to: &bytes)
        case .structure(let structure): structure.appendJSON(to: &bytes)
        }
    }
}

extension Structure {
    /// Appends the structure as a JSON object in UTF-8.
    public func appendJSON(to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "{"))
        var isFirst = true
        for field in fields {
            if case .missing = field.value { continue }
            if !isFirst { bytes.append(UInt8(ascii: ",")) }
            isFirst = false
            JSONWriter.append(field.name, to: &bytes)
            bytes.append(UInt8(ascii: ":"))
            field.value.appendJSON(to: &bytes)
        }
        bytes.append(UInt8(ascii: "}"))
    }
}

/// The pieces that JSON text is put together from.
enum JSONWriter {
    static func append(_ elements: [Value], to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "["))
        for index in elements.indices {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            elements[index].appendJSON(to: &bytes)
        }
        bytes.append(UInt8(ascii: "]"))
    }

    /// Appends what the body writes, which needs no escapes, in quotes.
    static func appendQuoted<Failure: Error>(
        _ bytes: inout [UInt8], _ body: (inout [UInt8]) throws(Failure) -> Void
    ) throws(Failure) {
        bytes.append(UInt8(ascii: "\""))
        try body(&bytes)
        bytes.append(UInt8(ascii: "\""))
    }

    /// Appends a JSON string.
    static func append(_ text: String, to bytes: inout [UInt8]) {
        appendQuoted(&bytes) { bytes in
            let utf8 = text.utf8
            guard utf8.contains(where: needsEscape) else { return bytes.append(contentsOf: utf8) }
            for byte in utf8 {
                if needsEscape(byte) { appendEscape(byte, to: &bytes) } else { bytes.append(byte) }
            }
        }
    }

    private static func needsEscape(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
    }

    private static func appendEscape(_ byte: UInt8, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\\"))
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes.append(byte)
        case 0x08: bytes.append(UInt8(ascii: "b"))
        case 0x09: bytes.append(UInt8(ascii: "t"))
        case 0x0A: bytes.append(UInt8(ascii: "n"))
        case 0x0C: bytes.append(UInt8(ascii: "f"))
        case 0x0D: bytes.append(UInt8(ascii: "r"))
        default:
            bytes.append(ascii: "u00")
            bytes.appendHexadecimal(byte)
        }
    }
}

extension [UInt8] {
    mutating func append(ascii text: String) {
        append(contentsOf: text.utf8)
    }

    /// Appends two lower-case hexadecimal digits.
    mutating func appendHexadecimal(_ byte: UInt8) {
        for digit in [byte >> 4, byte & 0xF] {
            append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
        }
    }
}
