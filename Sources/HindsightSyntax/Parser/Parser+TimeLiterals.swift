import HindsightValues

/// Literals of dates, times, timestamps and intervals: the words before the quoted text, and the checks that need them.
extension Parser {
    /// What the words behind TIME or TIMESTAMP say about an offset.
    enum ZoneRule {
        /// Nothing: an offset in the text makes the value one with time zone.
        case asWritten
        /// WITH TIME ZONE: without an offset in the text it is UTC.
        case required
        /// WITHOUT TIME ZONE: an offset is a fault.
        case refused
    }

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
        let text = try quotedTime("a date in quotes")
        return .date(
            try read(text, "there is no such date: dates are written `YYYY-MM-DD`") { (text) throws(ValueError) in
                try CalendarDate.parse(text)
            })
    }

    ///     timeLiteral ::= 'TIME' precision? timeZone? STRING
    mutating func timeLiteral() throws(SyntaxError) -> Value {
        try expect(.time)
        let digits = at(.leftParenthesis) ? try precision() : nil
        let rule = try timeZone()
        let text = try quotedTime("a time in quotes")
        let time = try read(text, "there is no such time: times are written `hh:mm:ss`") { (text) throws(ValueError) in
            let time = try TimeOfDay.parse(text)
            return digits.map(time.rounded(toFractionDigits:)) ?? time
        }
        guard time.offsetMinutes == nil else {
            try refuseOffset(rule, text)
            return .time(time)
        }
        return .time(rule == .required ? time.inUTC : time)
    }

    ///     timestampLiteral ::= 'TIMESTAMP' precision? timeZone? STRING
    mutating func timestampLiteral() throws(SyntaxError) -> Value {
        try expect(.timestamp)
        let digits = at(.leftParenthesis) ? try precision() : nil
        let rule = try timeZone()
        let text = try quotedTime("a date and a time in quotes")
        let message = "there is no such timestamp: timestamps are written `YYYY-MM-DD hh:mm:ss`"
        let timestamp = try read(text, message) { (text) throws(ValueError) in
            let timestamp = try Timestamp.parse(text)
            guard timestamp.precision >= .second else { throw .invalidTime(offset: text.utf8.count) }
            return try digits.map { (digits) throws(ValueError) in
                try timestamp.rounded(toFractionDigits: digits)
            } ?? timestamp
        }
        guard timestamp.zone == .none else {
            try refuseOffset(rule, text)
            return .timestamp(timestamp.zone == .unknown ? try inUTC(timestamp, text) : timestamp)
        }
        return .timestamp(rule == .required ? try inUTC(timestamp, text) : timestamp)
    }

    /// The same instant of the same precision with the offset 0.
    private func inUTC(_ timestamp: Timestamp, _ place: QuotedTime) throws(SyntaxError) -> Timestamp {
        try read(place, "the timestamp is out of range") { (_) throws(ValueError) in
            try Timestamp(
                seconds: timestamp.seconds, nanoseconds: timestamp.nanoseconds, precision: timestamp.precision)
        }
    }

    private func refuseOffset(_ rule: ZoneRule, _ place: QuotedTime) throws(SyntaxError) {
        guard rule == .refused else { return }
        throw SyntaxError(
            Diagnostic(.invalidTime, "a value WITHOUT TIME ZONE has no offset from UTC", span: place.span))
    }

    ///     intervalLiteral ::= 'INTERVAL' ( '+' | '-' )? STRING intervalQualifier
    mutating func intervalLiteral() throws(SyntaxError) -> Value {
        try expect(.interval)
        let isNegative = consume(.minus)
        if !isNegative { _ = consume(.plus) }
        let text = try quotedTime("a length of time in quotes")
        let qualifier = try intervalQualifier()
        let interval = try read(text, Self.intervalFault(qualifier)) { (text) throws(ValueError) in
            let interval = try qualifier.interval(text)
            return isNegative ? try interval.negated : interval
        }
        return .interval(interval)
    }

    private static func intervalFault(_ qualifier: IntervalQualifier) -> String {
        let digits = qualifier.precision ?? 2
        let field = qualifier.first.rawValue
        let rest = qualifier.last.map { " TO \($0.rawValue)" } ?? ""
        return "this is no interval of \(field)\(rest): \(field) has at most \(digits) digits"
    }

    // MARK: Texts of time

    /// A text in quotes that stands for a time, and its place.
    private struct QuotedTime {
        let text: String
        let span: SourceSpan
    }

    private mutating func quotedTime(_ description: String) throws(SyntaxError) -> QuotedTime {
        guard at(.stringLiteral) else { throw unexpected(description) }
        let span = token.span
        advance()
        return QuotedTime(text: unquoted(span), span: span)
    }

    /// Reads a text; a fault is shown where in the text it lies.
    private func read<Result>(
        _ quoted: QuotedTime, _ message: String, _ body: (String) throws(ValueError) -> Result
    ) throws(SyntaxError) -> Result {
        do throws(ValueError) {
            return try body(quoted.text)
        } catch {
            var span = quoted.span
            if case .invalidTime(let offset) = error {
                let start = min(span.start + 1 + Int32(clamping: offset), span.end - 1)
                span = SourceSpan(start: start, end: max(start + 1, span.end - 1))
            }
            throw SyntaxError(Diagnostic(.invalidTime, message, span: span))
        }
    }

    // MARK: Precision and zone

    ///     precision ::= '(' INTEGER ')'
    mutating func precision() throws(SyntaxError) -> Int {
        try expect(.leftParenthesis, "`(`")
        let digits = try fractionDigits()
        try expect(.rightParenthesis, "`)`")
        return digits
    }

    mutating func fractionDigits() throws(SyntaxError) -> Int {
        let span = token.span
        let digits = try count("digits after the seconds, 0 to 9")
        guard digits <= 9 else {
            throw SyntaxError(Diagnostic(.invalidLiteral, "seconds have at most 9 digits after the point", span: span))
        }
        return digits
    }

    /// TIME and ZONE have to be two words.
    ///
    ///     timeZone ::= ( 'WITH' | 'WITHOUT' ) 'TIME' 'ZONE'
    mutating func timeZone() throws(SyntaxError) -> ZoneRule {
        guard at(.with) || at(.without) else { return .asWritten }
        let rule: ZoneRule = at(.with) ? .required : .refused
        advance()
        try expect(.time)
        try expect(.zone)
        return rule
    }
}

extension IntervalQualifier {
    /// The interval that a text with these fields stands for.
    ///
    /// - Throws: `invalidTime`, `timeOverflow`.
    package func interval(_ text: String) throws(ValueError) -> Interval {
        try Interval.parse(
            text, from: first.field, to: (last ?? first).field, leadingDigits: precision ?? 2,
            fractionDigits: fractionDigits ?? 6)
    }
}

extension DatePart {
    /// The field of an interval; parts of an offset have none and count as the parts of the clock.
    fileprivate var field: IntervalField {
        switch self {
        case .year: .year
        case .month: .month
        case .day: .day
        case .hour, .timezoneHour: .hour
        case .minute, .timezoneMinute: .minute
        case .second: .second
        }
    }
}

extension TimeOfDay {
    /// The same clock with the offset 0.
    fileprivate var inUTC: TimeOfDay {
        TimeOfDay(
            hour: hour, minute: minute, second: second, nanosecond: nanosecond, offsetMinutes: 0,
            fractionDigits: Int(fractionDigits)) ?? self
    }
}
