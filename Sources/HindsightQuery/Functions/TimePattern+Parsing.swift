import HindsightValues

extension TimePattern {
    /// Reads a point in time.
    ///
    /// - Throws: `invalidPattern` if the pattern's fields do not make up a timestamp, `invalidTime` if the text does not
    ///   follow the pattern or a field is out of its range.
    func parse(_ text: String) throws(EvaluationFailure) -> TimeFields {
        try checkCompleteness()
        var reader = TimeReader(text)
        var fields = TimeFields()
        var half: (hour: Int, isAfternoon: Bool) = (0, false)
        for item in items {
            switch item {
            case .literal(let literal): try reader.take(literal)
            case .field(let field, let width):
                try TimePattern.read(field, width: width, from: &reader, into: &fields, half: &half)
            }
        }
        guard reader.isAtEnd else { throw reader.failure("more text than the pattern has") }
        if contains(.hourOfHalf) { fields.hour = half.hour % 12 + (half.isAfternoon ? 12 : 0) }
        return fields
    }

    private func contains(_ field: Field) -> Bool {
        items.contains { if case .field(field, _) = $0 { true } else { false } }
    }

    /// A timestamp is known from its year down to some field without a gap; an offset needs a time of day, and an hour
    /// of half a day its half.
    private func checkCompleteness() throws(EvaluationFailure) {
        let hasHour = contains(.hour) || contains(.hourOfHalf)
        let hasFraction = contains(.fraction) || contains(.nanosecond)
        let chain = [
            contains(.year), contains(.month), contains(.day), hasHour, contains(.minute), contains(.second),
            hasFraction,
        ]
        let known = chain.prefix { $0 }.count
        guard known > 0, !chain.dropFirst(known).contains(true) else {
            throw .failed(.invalidPattern, "the pattern leaves a gap between the year and its smallest field")
        }
        guard contains(.hourOfHalf) == contains(.halfOfDay) else {
            throw .failed(.invalidPattern, "the pattern letters 'h' and 'a' belong together")
        }
        guard hasHour || !(contains(.offset) || contains(.offsetOrZ)) else {
            throw .failed(.invalidPattern, "the pattern has an offset and no time of day")
        }
        if items.contains(.field(.month, width: 5)) {
            throw .failed(.invalidPattern, "the first letter of a month does not tell which month it is")
        }
    }

    private static func read(
        _ field: Field, width: Int, from reader: inout TimeReader, into fields: inout TimeFields,
        half: inout (hour: Int, isAfternoon: Bool)
    ) throws(EvaluationFailure) {
        switch field {
        case .year: fields.year = try readYear(width: width, from: &reader)
        case .month: fields.month = try readMonth(width: width, from: &reader)
        case .day: fields.day = try reader.takeNumber(width: width, in: 1...31, of: "day")
        case .halfOfDay: half.isAfternoon = try reader.takeName(["AM", "PM"], of: "AM or PM") == 1
        case .hourOfHalf: half.hour = try reader.takeNumber(width: width, in: 1...12, of: "hour")
        case .hour: fields.hour = try reader.takeNumber(width: width, in: 0...23, of: "hour")
        case .minute: fields.minute = try reader.takeNumber(width: width, in: 0...59, of: "minute")
        case .second: fields.second = try reader.takeNumber(width: width, in: 0...59, of: "second")
        case .fraction:
            let digits = try reader.takeDigits(least: width, most: width, of: "digits of the second")
            fields.nanosecond = digits * powerOfTen(9 - width)
            fields.fractionDigits = width
        case .nanosecond:
            fields.nanosecond = try reader.takeDigits(least: width, most: 9, of: "nanosecond")
            fields.fractionDigits = 9
        case .offsetOrZ where reader.takeIfPresent("Z"): fields.offsetMinutes = 0
        case .offset, .offsetOrZ: fields.offsetMinutes = try readOffset(width: width, from: &reader)
        }
    }

    /// `yy` are the years 1970 to 2069.
    private static func readYear(width: Int, from reader: inout TimeReader) throws(EvaluationFailure) -> Int {
        guard width != 2 else {
            let year = try reader.takeDigits(least: 2, most: 2, of: "year")
            return year < 70 ? 2000 + year : 1900 + year
        }
        let year = try reader.takeDigits(least: width, most: 4, of: "year")
        guard year > 0 else { throw reader.failure("there is no year 0") }
        return year
    }

    private static func readMonth(width: Int, from reader: inout TimeReader) throws(EvaluationFailure) -> Int {
        switch width {
        case 3: try reader.takeName(monthNames.map { String($0.prefix(3)) }, of: "month") + 1
        case 4: try reader.takeName(monthNames, of: "month") + 1
        default: try reader.takeNumber(width: width, in: 1...12, of: "month")
        }
    }

    /// `±hh`, `±hhmm` or `±hh:mm`; with one letter the minutes may be there or not.
    private static func readOffset(width: Int, from reader: inout TimeReader) throws(EvaluationFailure) -> Int {
        let isNegative = reader.takeIfPresent("-")
        guard isNegative || reader.takeIfPresent("+") else { throw reader.failure("expected an offset such as +01:00") }
        let hours = try reader.takeNumber(width: 2, in: 0...23, of: "hour of the offset")
        if width == 3 || width == 5 { try reader.take(":") }
        let hasMinutes = width > 1 || reader.isAtDigit
        let minutes = hasMinutes ? try reader.takeNumber(width: 2, in: 0...59, of: "minute of the offset") : 0
        return (isNegative ? -1 : 1) * (hours * 60 + minutes)
    }

    private static func powerOfTen(_ exponent: Int) -> Int {
        (0..<exponent).reduce(1) { power, _ in power * 10 }
    }
}

/// A place in a text that is read as a time.
private struct TimeReader {
    private let text: String
    private var rest: Substring.UnicodeScalarView

    init(_ text: String) {
        self.text = text
        rest = text.unicodeScalars[...]
    }

    var isAtEnd: Bool { rest.isEmpty }
    var isAtDigit: Bool { rest.first.map { ("0"..."9").contains($0) } ?? false }

    func failure(_ reason: String) -> EvaluationFailure {
        .failed(.invalidTime, "the text '\(text)' does not follow the pattern: \(reason)")
    }

    mutating func takeIfPresent(_ scalar: Unicode.Scalar) -> Bool {
        guard rest.first == scalar else { return false }
        rest.removeFirst()
        return true
    }

    mutating func take(_ literal: String) throws(EvaluationFailure) {
        for scalar in literal.unicodeScalars where !takeIfPresent(scalar) { throw failure("expected '\(literal)'") }
    }

    /// One or two digits for width 1, else as many as the width says.
    mutating func takeNumber(width: Int, in range: ClosedRange<Int>, of what: String) throws(EvaluationFailure) -> Int {
        let number = try takeDigits(least: width, most: max(width, 2), of: what)
        guard range.contains(number) else { throw failure("\(number) is no \(what)") }
        return number
    }

    mutating func takeDigits(least: Int, most: Int, of what: String) throws(EvaluationFailure) -> Int {
        var number = 0
        var count = 0
        while count < most, let scalar = rest.first, ("0"..."9").contains(scalar) {
            number = number * 10 + Int(scalar.value - 48)
            count += 1
            rest.removeFirst()
        }
        guard count >= least else { throw failure("expected the \(what)") }
        return number
    }

    /// The index of the name that comes next, without regard to case.
    mutating func takeName(_ names: [String], of what: String) throws(EvaluationFailure) -> Int {
        for (index, name) in names.enumerated() {
            let candidate = String(rest.prefix(name.unicodeScalars.count))
            if TextOrder.isEqualIgnoringCase(candidate, name) {
                rest.removeFirst(name.unicodeScalars.count)
                return index
            }
        }
        throw failure("expected the \(what)")
    }
}
