/// Values as PartiQL text that reads back as an equal value of the same kind.
///
/// | value | text |
/// | --- | --- |
/// | absent | `NULL`, `MISSING` |
/// | int | `42`; the least one is a decimal to a parser, before the minus |
/// | decimal | `2.50`, `5.` (with a point, or it would be an int), `1.5E+40` |
/// | float | Ion: `` `1.5e0` ``, `` `nan` ``, `` `+inf` `` |
/// | string | `'it''s'`: a quote is doubled, everything else stands for itself |
/// | symbol | Ion: `` `'name'` `` |
/// | timestamp | `TIMESTAMP '2026-05-01 12:30:00+00:00'`; Ion for what SQL lacks: `` `2026-05T` ``, unknown offsets |
/// | date, time | `DATE '2026-05-01'`, `TIME '12:30:00'`, `TIME WITH TIME ZONE '12:30:00+02:00'` |
/// | interval | `INTERVAL '1-2' YEAR TO MONTH` |
/// | blob, clob | Ion: `` `{{aGk=}}` ``, `` `{{"hi"}}` `` |
/// | list, bag | `[1, 2]`, `<<1, 2>>` |
/// | s-expression | Ion: `` `(1 2)` ``; `SEXP(1, MISSING)` if something in it is no Ion, which only shows it |
/// | structure | `{'a': 1, 'b': 2}` |
extension Value: CustomStringConvertible {
    public var description: String {
        var bytes: [UInt8] = []
        appendLiteral(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Appends the text of `description` in UTF-8.
    public func appendLiteral(to bytes: inout [UInt8]) {
        switch self {
        case .missing: bytes.append(ascii: "MISSING")
        case .null: bytes.append(ascii: "NULL")
        case .bool(let bool): bytes.append(ascii: bool ? "true" : "false")
        case .int(let integer): bytes.appendDecimal(integer)
        case .decimal(let number): LiteralWriter.append(number, to: &bytes)
        case .string(let text): LiteralWriter.append(text, to: &bytes)
        case .float, .symbol, .blob, .clob: LiteralWriter.appendQuotedIon(&bytes) { appendIon(to: &$0) }
        case .timestamp, .date, .time, .interval: appendTimeLiteral(to: &bytes)
        case .list(let elements): LiteralWriter.append(elements, "[", "]", to: &bytes)
        case .bag(let elements): LiteralWriter.append(elements, "<<", ">>", to: &bytes)
        case .sexp(let elements):
            if isIon { return LiteralWriter.appendQuotedIon(&bytes) { appendIon(to: &$0) } }
            LiteralWriter.append(elements, "SEXP(", ")", to: &bytes)
        case .structure(let structure): structure.appendLiteral(to: &bytes)
        }
    }

    private func appendTimeLiteral(to bytes: inout [UInt8]) {
        switch self {
        case .timestamp(let timestamp): LiteralWriter.append(timestamp, to: &bytes)
        case .date(let date): LiteralWriter.appendQuoted("DATE", &bytes) { date.append(to: &$0) }
        case .time(let time):
            let type = time.offsetMinutes == nil ? "TIME" : "TIME WITH TIME ZONE"
            LiteralWriter.appendQuoted(type, &bytes) { time.append(to: &$0) }
        case .interval(let interval):
            bytes.append(ascii: "INTERVAL ")
            interval.append(to: &bytes)
        default: break
        }
    }
}

extension Structure: CustomStringConvertible {
    public var description: String {
        var bytes: [UInt8] = []
        appendLiteral(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Appends the structure as PartiQL text in UTF-8.
    public func appendLiteral(to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "{"))
        for index in fields.indices {
            if index > 0 { bytes.append(ascii: ", ") }
            LiteralWriter.append(fields[index].name, to: &bytes)
            bytes.append(ascii: ": ")
            fields[index].value.appendLiteral(to: &bytes)
        }
        bytes.append(UInt8(ascii: "}"))
    }
}

/// The pieces that PartiQL text of values is put together from.
enum LiteralWriter {
    /// Appends a string literal.
    static func append(_ text: String, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "'"))
        let quote = UInt8(ascii: "'")
        if text.utf8.contains(quote) {
            for byte in text.utf8 {
                if byte == quote { bytes.append(quote) }
                bytes.append(byte)
            }
        } else {
            bytes.append(contentsOf: text.utf8)
        }
        bytes.append(quote)
    }

    /// Appends a decimal literal: with a point if nothing else tells it from an integer.
    static func append(_ number: Number, to bytes: inout [UInt8]) {
        number.append(to: &bytes)
        if number.exponent == 0 { bytes.append(UInt8(ascii: ".")) }
    }

    static func append(_ elements: [Value], _ opening: String, _ closing: String, to bytes: inout [UInt8]) {
        bytes.append(ascii: opening)
        for index in elements.indices {
            if index > 0 { bytes.append(ascii: ", ") }
            elements[index].appendLiteral(to: &bytes)
        }
        bytes.append(ascii: closing)
    }

    /// Appends a timestamp: SQL's literal if it has all fields and Ion has nothing to add, else Ion's.
    static func append(_ timestamp: Timestamp, to bytes: inout [UInt8]) {
        if timestamp.zone == .unknown || (timestamp.precision < .second && timestamp.zone != .none) {
            return appendQuotedIon(&bytes) { timestamp.append(to: &$0) }
        }
        appendQuoted("TIMESTAMP", &bytes) { bytes in
            timestamp.appendDateAndTime(to: &bytes, separator: " ", hasSeconds: true)
            if case .offset(let minutes) = timestamp.zone {
                Timestamp.Zone.append(offsetMinutes: minutes, to: &bytes)
            }
        }
    }

    /// Appends a type's name and a quoted text that needs no escapes.
    static func appendQuoted(_ type: String, _ bytes: inout [UInt8], _ body: (inout [UInt8]) -> Void) {
        bytes.append(ascii: type)
        bytes.append(ascii: " '")
        body(&bytes)
        bytes.append(UInt8(ascii: "'"))
    }

    /// Appends an Ion literal. What the body writes must hold no backtick.
    static func appendQuotedIon(_ bytes: inout [UInt8], _ body: (inout [UInt8]) -> Void) {
        bytes.append(UInt8(ascii: "`"))
        body(&bytes)
        bytes.append(UInt8(ascii: "`"))
    }
}
