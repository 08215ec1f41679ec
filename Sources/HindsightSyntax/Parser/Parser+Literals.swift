import HindsightValues

extension Parser {
    ///     literal ::= 'NULL' | 'MISSING' | 'TRUE' | 'FALSE' | NUMBER | STRING | ION
    ///               | dateLiteral | timeLiteral | timestampLiteral | intervalLiteral
    mutating func literal() throws(SyntaxError) -> Expression {
        let start = token.span
        let value: Value
        switch kind {
        case .integerLiteral, .decimalLiteral: value = try number(isNegative: false)
        case .stringLiteral: value = .string(unquoted(token.span))
        case .ionLiteral: value = try ion(token.span)
        case .keyword(.null): value = .null
        case .keyword(.missing): value = .missing
        case .keyword(.true): value = .bool(true)
        case .keyword(.false): value = .bool(false)
        case .keyword(.date): value = try dateLiteral()
        case .keyword(.time): value = try timeLiteral()
        case .keyword(.timestamp): value = try timestampLiteral()
        case .keyword(.interval): value = try intervalLiteral()
        default: throw unexpected("a literal")
        }
        // The literals of time end before the current token, the others with it.
        if token.span == start { advance() }
        return Expression(.literal(Literal(value)), span: span(from: start))
    }

    /// The number right after the minus at the current token.
    mutating func negativeNumber() throws(SyntaxError) -> Expression {
        let start = token.span
        advance()
        let value = try number(isNegative: true)
        advance()
        return Expression(.literal(Literal(value)), span: span(from: start))
    }

    /// The current token as an integer if it is written as one and fits into 64 bits, else as a decimal; more than 38
    /// digits are rounded.
    private func number(isNegative: Bool) throws(SyntaxError) -> Value {
        let digits = source[token.span.range]
        if kind == .integerLiteral, let integer = integer(digits, isNegative: isNegative) { return .int(integer) }
        let text = isNegative ? [UInt8(ascii: "-")] + digits : Array(digits)
        do throws(ValueError) {
            return .decimal(try Number.parse(text.span, excessDigits: .rounded))
        } catch {
            let limit = error == .numberUnderflow ? "smaller than 1E-130" : "larger than 9.99…E+125"
            throw SyntaxError(Diagnostic(.numberOutOfRange, "the number is \(limit)", span: token.span))
        }
    }

    /// The value of digits; nil for what does not fit.
    private func integer(_ digits: ArraySlice<UInt8>, isNegative: Bool = false) -> Int64? {
        var value: Int64 = 0
        for byte in digits {
            let (tens, overflow) = value.multipliedReportingOverflow(by: 10)
            let digit = Int64(byte - UInt8(ascii: "0"))
            let (sum, carry) =
                isNegative ? tens.subtractingReportingOverflow(digit) : tens.addingReportingOverflow(digit)
            if overflow || carry { return nil }
            value = sum
        }
        return value
    }

    /// The value of the Ion text between the back-ticks.
    private func ion(_ span: SourceSpan) throws(SyntaxError) -> Value {
        let inside = Array(source[span.range.dropFirst().dropLast()])
        do throws(IonFault) {
            return try IonReader.value(of: inside)
        } catch {
            let place = Int(span.start) + 1 + error.offset
            throw SyntaxError(
                Diagnostic(.invalidIon, error.message, span: SourceSpan(place..<min(place + 1, Int(span.end)))))
        }
    }

    /// An integer without a sign that says how many.
    mutating func count(_ description: String) throws(SyntaxError) -> Int {
        guard at(.integerLiteral) else { throw unexpected(description) }
        guard let count = integer(source[token.span.range]), count <= Int64(Int32.max) else {
            throw SyntaxError(Diagnostic(.numberOutOfRange, "the number is too large here", span: token.span))
        }
        advance()
        return Int(count)
    }
}
