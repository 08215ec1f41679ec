/// The kinds of Ion that PartiQL has no literal for, as Ion text (amazon-ion.github.io/ion-docs, "Text encoding").
extension Value {
    /// Appends a float, symbol, blob, or clob as Ion text; nothing for other kinds.
    func appendIonScalar(to bytes: inout [UInt8]) {
        switch self {
        case .float(let float): IonText.append(float, to: &bytes)
        case .symbol(let text): IonText.append(text.utf8, quote: UInt8(ascii: "'"), to: &bytes)
        case .blob(let octets):
            bytes.append(ascii: "{{")
            Base64.append(octets, to: &bytes)
            bytes.append(ascii: "}}")
        case .clob(let octets):
            bytes.append(ascii: "{{")
            IonText.append(octets, quote: UInt8(ascii: "\""), escapesHighBytes: true, to: &bytes)
            bytes.append(ascii: "}}")
        default: break
        }
    }
}

enum IonText {
    /// Appends a float: always with an `e`, which is what makes it one.
    static func append(_ float: Double, to bytes: inout [UInt8]) {
        if float.isNaN { return bytes.append(ascii: "nan") }
        if float.isInfinite { return bytes.append(ascii: float < 0 ? "-inf" : "+inf") }
        let text = float.description
        bytes.append(ascii: text)
        if !text.utf8.contains(UInt8(ascii: "e")) { bytes.append(ascii: "e0") }
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
