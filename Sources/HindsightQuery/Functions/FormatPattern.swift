import HindsightValues

/// A pattern of FORMAT: text in which `%[-][0][width][.digits]letter` stands for a value.
///
///     s any value as text   d an integer   x X hexadecimal   f digits after the point   e an exponent   % itself
struct FormatPattern: Sendable {
    private enum Item: Sendable {
        case literal(String)
        case field(Field)
    }

    private struct Field: Sendable {
        var isLeftAligned = false
        var hasZeros = false
        var width = 0
        var digits: Int?
        var letter: Unicode.Scalar = "s"
    }

    private let items: [Item]

    /// The widest field, and the most digits after a point.
    private static let widest = 10_000
    private static let mostDigits = 100

    /// Reads a pattern.
    ///
    /// - Throws: `invalidPattern` for a letter without meaning, or a width or digits beyond the limits.
    init(_ pattern: String) throws(EvaluationFailure) {
        var items: [Item] = []
        var literal = ""
        var rest = pattern.unicodeScalars[...]
        while let scalar = rest.popFirst() {
            guard scalar == "%" else {
                literal.unicodeScalars.append(scalar)
                continue
            }
            let field = try FormatPattern.field(&rest, of: pattern)
            if field.letter == "%" {
                literal += "%"
            } else {
                if !literal.isEmpty { items.append(.literal(literal)) }
                literal = ""
                items.append(.field(field))
            }
        }
        if !literal.isEmpty { items.append(.literal(literal)) }
        self.items = items
    }

    private static func field(
        _ rest: inout Substring.UnicodeScalarView, of pattern: String
    ) throws(EvaluationFailure) -> Field {
        var field = Field()
        while let flag = rest.first, flag == "-" || flag == "0" {
            if flag == "-" { field.isLeftAligned = true } else { field.hasZeros = true }
            rest.removeFirst()
        }
        field.width = try number(&rest, most: widest, of: pattern) ?? 0
        if rest.first == "." {
            rest.removeFirst()
            field.digits = try number(&rest, most: mostDigits, of: pattern) ?? 0
        }
        guard let letter = rest.popFirst(), "sdixXfe%".unicodeScalars.contains(letter) else {
            throw .failed(
                .invalidPattern, "the pattern '\(pattern.preview)' has a '%' that none of s d x X f e % ends")
        }
        field.letter = letter == "i" ? "d" : letter
        return field
    }

    private static func number(
        _ rest: inout Substring.UnicodeScalarView, most: Int, of pattern: String
    ) throws(EvaluationFailure) -> Int? {
        var number: Int?
        while let digit = rest.first, ("0"..."9").contains(digit) {
            number = (number ?? 0) * 10 + Int(digit.value - 48)
            rest.removeFirst()
            guard number ?? 0 <= most else {
                throw .failed(.invalidPattern, "a width or digits in '\(pattern.preview)' is greater than \(most)")
            }
        }
        return number
    }

    /// The text with the values in it; NULL and MISSING are written by their names.
    ///
    /// - Throws: a mismatch for a value of a wrong kind, `wrongArgumentCount` for too few or too many.
    func text(of values: ArraySlice<Value>) throws(EvaluationFailure) -> String {
        var rest = values
        var text = ""
        for item in items {
            switch item {
            case .literal(let literal): text += literal
            case .field(let field):
                guard let value = rest.popFirst() else {
                    throw .failed(.wrongArgumentCount, "FORMAT has fewer values than its pattern asks for")
                }
                text += padded(try content(of: field, value), field)
            }
        }
        guard rest.isEmpty else {
            throw .failed(.wrongArgumentCount, "FORMAT has more values than its pattern asks for")
        }
        return text
    }

    private func content(of field: Field, _ value: Value) throws(EvaluationFailure) -> String {
        if value.isAbsent { return value.kind == .null ? "NULL" : "MISSING" }
        switch field.letter {
        case "d": return String(try Cast.integer(value, bits: 64))
        case "x", "X":
            let bits = UInt64(bitPattern: try Cast.integer(value, bits: 64))
            return String(bits, radix: 16, uppercase: field.letter == "X")
        case "f":
            let digits = field.digits ?? 6
            let number = try Cast.decimal(value, precision: nil, scale: 0)
            return try Arithmetic.checked { () throws(ValueError) in
                let rounded = try number.rounded(toScale: digits, .toNearestOrAwayFromZero)
                return rounded.plainText(fractionDigits: digits)
            }
        case "e":
            guard let number = value.floatValue else { throw .mismatch("%e needs a number, found \(value.kindPhrase)") }
            return number.description
        default:
            let text = try asText(value)
            return field.digits.map { text.codePoints(from: 1, count: Int64($0)) } ?? text
        }
    }

    private func asText(_ value: Value) throws(EvaluationFailure) -> String {
        if KindSet.container.union(.binary).contains(KindSet(value.kind)) { return value.description }
        guard case .string(let text) = try Cast.cast(value, to: .string) else { return "" }
        return text
    }

    private func padded(_ text: String, _ field: Field) -> String {
        let missing = field.width - text.codePointCount
        guard missing > 0 else { return text }
        if field.isLeftAligned { return text + String(repeating: " ", count: missing) }
        guard field.hasZeros, field.letter != "s" else { return String(repeating: " ", count: missing) + text }
        let sign = text.hasPrefix("-") ? "-" : ""
        return sign + String(repeating: "0", count: missing) + text.dropFirst(sign.count)
    }
}

extension Number {
    /// The number without an exponent and with exactly so many digits after the point, which it must not exceed.
    fileprivate func plainText(fractionDigits: Int) -> String {
        var digits = String(coefficient)
        let missing = exponent + fractionDigits
        if missing > 0 { digits += String(repeating: "0", count: missing) }
        if digits.count <= fractionDigits {
            digits = String(repeating: "0", count: fractionDigits + 1 - digits.count) + digits
        }
        let whole = digits.dropLast(fractionDigits)
        let text = fractionDigits == 0 ? String(whole) : whole + "." + digits.suffix(fractionDigits)
        return (isNegative ? "-" : "") + text
    }
}
