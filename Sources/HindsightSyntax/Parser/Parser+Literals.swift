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

    // MARK: Dates and times

    /// Whether the word starts a literal here: its text follows, or what may stand before the text.
    mutating func startsTimeLiteral(_ keyword: Keyword) -> Bool {
        switch peek(1) {
        case .stringLiteral: true
        case .plus, .minus: keyword == .interval && peek(2) == .stringLiteral
        case .keyword(.with), .keyword(.without): keyword != .interval && keyword != .date && peek(2, is: .time)
        case .leftParenthesis: keyword != .interval && keyword != .date && hasPrecisionAhead()
        default: false
        }
    }

    /// Whether `(p)` and a text or a time zone follow, and not the arguments of a function.
    private mutating func hasPrecisionAhead() -> Bool {
        guard peek(2) == .integerLiteral, peek(3) == .rightParenthesis else { return false }
        return peek(4) == .stringLiteral || peek(4, is: .with) || peek(4, is: .without)
    }

    ///     dateLiteral ::= 'DATE' STRING
    mutating func dateLiteral() throws(SyntaxError) -> Value {
        try expect(.date)
        let (text, span) = try timeString("a date in quotes")
        return .date(try timeText(span) { () throws(TimeTextFault) in try TimeText.date(text) })
    }

    ///     timeLiteral ::= 'TIME' precision? timeZone? STRING
    mutating func timeLiteral() throws(SyntaxError) -> Value {
        try expect(.time)
        let digits = at(.leftParenthesis) ? try precision() : nil
        let zone = try timeZone()
        let (text, span) = try timeString("a time in quotes")
        return .time(
            try timeText(span) { () throws(TimeTextFault) in
                try TimeText.time(text, fractionDigits: digits, zone: zone)
            })
    }

    ///     timestampLiteral ::= 'TIMESTAMP' precision? timeZone? STRING
    mutating func timestampLiteral() throws(SyntaxError) -> Value {
        try expect(.timestamp)
        let digits = at(.leftParenthesis) ? try precision() : nil
        let zone = try timeZone()
        let (text, span) = try timeString("a date and a time in quotes")
        return .timestamp(
            try timeText(span) { () throws(TimeTextFault) in
                try TimeText.timestamp(text, fractionDigits: digits, zone: zone)
            })
    }

    ///     intervalLiteral ::= 'INTERVAL' ( '+' | '-' )? STRING intervalQualifier
    mutating func intervalLiteral() throws(SyntaxError) -> Value {
        try expect(.interval)
        let isNegative = consume(.minus)
        if !isNegative { _ = consume(.plus) }
        let (text, span) = try timeString("a length of time in quotes")
        let qualifier = try intervalQualifier()
        return .interval(
            try timeText(span) { () throws(TimeTextFault) in
                try TimeText.interval(text, qualifier: qualifier, isNegated: isNegative)
            })
    }

    /// The current token, a string, and its place.
    private mutating func timeString(_ description: String) throws(SyntaxError) -> (String, SourceSpan) {
        guard at(.stringLiteral) else { throw unexpected(description) }
        let span = token.span
        advance()
        return (unquoted(span), span)
    }

    /// Runs a reader of `TimeText` and puts its fault into the quoted text.
    private func timeText<Result>(
        _ span: SourceSpan, _ read: () throws(TimeTextFault) -> Result
    ) throws(SyntaxError) -> Result {
        do throws(TimeTextFault) {
            return try read()
        } catch {
            let start = min(Int(span.start) + 1 + error.range.lowerBound, Int(span.end) - 1)
            let end = min(max(Int(span.start) + 1 + error.range.upperBound, start + 1), Int(span.end))
            throw SyntaxError(Diagnostic(.invalidTime, error.message, span: SourceSpan(start..<end)))
        }
    }

    ///     precision ::= '(' INTEGER ')'
    mutating func precision() throws(SyntaxError) -> Int {
        try expect(.leftParenthesis, "`(`")
        let span = token.span
        let digits = try count("digits after the seconds, 0 to 9")
        guard digits <= 9 else {
            throw SyntaxError(Diagnostic(.invalidLiteral, "seconds have at most 9 digits after the point", span: span))
        }
        try expect(.rightParenthesis, "`)`")
        return digits
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

    /// TIME and ZONE have to be two words.
    ///
    ///     timeZone ::= ( 'WITH' | 'WITHOUT' ) 'TIME' 'ZONE'
    mutating func timeZone() throws(SyntaxError) -> TimeText.ZoneRule {
        guard at(.with) || at(.without) else { return .asWritten }
        let rule: TimeText.ZoneRule = at(.with) ? .required : .refused
        advance()
        try expect(.time)
        try expect(.zone)
        return rule
    }
}
