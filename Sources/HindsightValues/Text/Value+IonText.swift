/// Values as Ion text (amazon-ion.github.io/ion-docs, "Text encoding"): what PartiQL writes between backticks for the
/// kinds that it has no literal for.
extension Value {
    /// Whether Ion has this kind of value, and all that is in it. It has no absent value but NULL, no bags, no dates or
    /// times of day, no intervals, and no timestamps without time zone.
    var isIon: Bool {
        switch self {
        case .null, .bool, .int, .decimal, .float, .string, .symbol, .blob, .clob: true
        case .timestamp(let timestamp): timestamp.zone != .none
        case .list(let elements), .sexp(let elements): elements.allSatisfy(\.isIon)
        case .structure(let structure): structure.fields.allSatisfy { $0.value.isIon }
        case .missing, .date, .time, .interval, .bag: false
        }
    }

    /// The value as Ion text, without backticks; nil for one that Ion does not have.
    public var ionText: String? {
        guard isIon else { return nil }
        var bytes: [UInt8] = []
        appendIon(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Appends the value as Ion text, without backticks; `null` for what Ion does not have.
    func appendIon(to bytes: inout [UInt8]) {
        switch self {
        case .bool(let bool): bytes.append(ascii: bool ? "true" : "false")
        case .int(let integer): bytes.appendDecimal(integer)
        case .decimal(let number): IonText.append(number, to: &bytes)
        case .float(let float): IonText.append(float, to: &bytes)
        case .string(let text): IonText.append(text.utf8, quote: UInt8(ascii: "\""), to: &bytes)
        case .symbol(let text): IonText.append(text.utf8, quote: UInt8(ascii: "'"), to: &bytes)
        case .timestamp(let timestamp): timestamp.append(to: &bytes)
        case .blob(let octets):
            bytes.append(ascii: "{{")
            Base64.append(octets, to: &bytes)
            bytes.append(ascii: "}}")
        case .clob(let octets):
            bytes.append(ascii: "{{")
            IonText.append(octets, quote: UInt8(ascii: "\""), escapesHighBytes: true, to: &bytes)
            bytes.append(ascii: "}}")
        case .list(let elements): IonText.append(elements, "[", ", ", "]", to: &bytes)
        case .sexp(let elements): IonText.append(elements, "(", " ", ")", to: &bytes)
        case .structure(let structure): IonText.append(structure, to: &bytes)
        case .null, .missing, .date, .time, .interval, .bag: bytes.append(ascii: "null")
        }
    }
}

/// The pieces that Ion text is put together from.
enum IonText {
    /// Appends a decimal: a point or a `d` tells it from an integer, and `e` would make it a float.
    static func append(_ number: Number, to bytes: inout [UInt8]) {
        let start = bytes.count
        LiteralWriter.append(number, to: &bytes)
        for index in start..<bytes.count where bytes[index] == UInt8(ascii: "E") { bytes[index] = UInt8(ascii: "d") }
    }

    /// Appends a float: always with an `e`, which is what makes it one.
    static func append(_ float: Double, to bytes: inout [UInt8]) {
        if float.isNaN { return bytes.append(ascii: "nan") }
        if float.isInfinite { return bytes.append(ascii: float < 0 ? "-inf" : "+inf") }
        let text = float.description
        bytes.append(ascii: text)
        if !text.utf8.contains(UInt8(ascii: "e")) { bytes.append(ascii: "e0") }
    }

    static func append(
        _ elements: [Value], _ opening: String, _ separator: String, _ closing: String, to bytes: inout [UInt8]
    ) {
        bytes.append(ascii: opening)
        for index in elements.indices {
            if index > 0 { bytes.append(ascii: separator) }
            elements[index].appendIon(to: &bytes)
        }
        bytes.append(ascii: closing)
    }

    static func append(_ structure: Structure, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "{"))
        for index in structure.fields.indices {
            if index > 0 { bytes.append(ascii: ", ") }
            append(structure.fields[index].name.utf8, quote: UInt8(ascii: "'"), to: &bytes)
            bytes.append(ascii: ": ")
            structure.fields[index].value.appendIon(to: &bytes)
        }
        bytes.append(UInt8(ascii: "}"))
    }

    /// Appends a quoted text. The quote, backslashes, control characters, and backticks (which would end a PartiQL
    /// literal for a reader that does not look closely) are escaped.
    static func append(
        _ text: some Sequence<UInt8>, quote: UInt8, escapesHighBytes: Bool = false, to bytes: inout [UInt8]
    ) {
        bytes.append(quote)
        for byte in text {
            switch byte {
            case quote, UInt8(ascii: "\\"):
                bytes.append(UInt8(ascii: "\\"))
                bytes.append(byte)
            case 0..<0x20, UInt8(ascii: "`"), 0x7F: appendEscape(byte, to: &bytes)
            case 0x80... where escapesHighBytes: appendEscape(byte, to: &bytes)
            default: bytes.append(byte)
            }
        }
        bytes.append(quote)
    }

    private static func appendEscape(_ byte: UInt8, to bytes: inout [UInt8]) {
        bytes.append(ascii: "\\x")
        bytes.appendHexadecimal(byte)
    }
}
