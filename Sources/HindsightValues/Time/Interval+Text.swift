/// Intervals as text: SQL's literals both ways, and ISO 8601 durations out.
extension Interval: CustomStringConvertible {
    /// Reads the text of an interval literal whose fields are named beside it: `INTERVAL 'text' DAY TO SECOND`.
    ///
    ///     text = [ "+" | "-" ] leading { separator field } [ "." digits ]
    ///
    /// The separators are `-` before months, a blank before hours, and `:` before minutes and seconds.
    ///
    /// - Parameters:
    ///   - leadingDigits: how many digits the first field may have; 2 unless the literal says otherwise.
    ///   - fractionDigits: how many digits after the seconds count; those beyond it are cut off.
    /// - Throws: `invalidTime`, also for fields of two families, fields out of range, and ten or more digits of a
    ///   second; `timeOverflow`.
    public static func parse(
        _ text: String, from first: IntervalField, to last: IntervalField, leadingDigits: Int = 2,
        fractionDigits: Int = 6
    ) throws(ValueError) -> Interval {
        var text = text
        text.makeContiguousUTF8()
        var reader = TimeTextReader(text.utf8.span)
        guard first <= last, first.family == last.family else { throw reader.fault() }
        let isNegative = reader.isAt("-")
        if !reader.skip(ifAt: "+") { _ = reader.skip(ifAt: "-") }
        var amount = try reader.leadingField(first, digits: leadingDigits)
        for field in IntervalField.allCases where field > first && field <= last {
            amount += try reader.field(field)
        }
        var nanoseconds = 0
        if last == .second && reader.skip(ifAt: ".") {
            nanoseconds = try reader.fraction(digits: fractionDigits)
        }
        try reader.expectEnd()
        let sign = isNegative ? -1 : 1
        if first.family == .yearMonth { return .months(Int64(sign * amount)) }
        return try .seconds(Int64(sign * amount), nanoseconds: Int64(sign * nanoseconds))
    }

    /// The interval as SQL writes it, without the word INTERVAL: `'1-2' YEAR TO MONTH`, `'10' MINUTE`.
    public var description: String {
        var bytes: [UInt8] = []
        append(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Appends the text of `description`. Only the fields are named that are needed; precisions only where they are not
    /// SQL's own (2 digits, and 6 after the seconds).
    public func append(to bytes: inout [UInt8]) {
        let components = components
        let fields = IntervalField.allCases.filter { $0.family == family && isShown($0, components) }
        let first = fields.first ?? (family == .yearMonth ? .month : .second)
        let last = fields.last ?? first
        bytes.append(UInt8(ascii: "'"))
        if components.isNegative { bytes.append(UInt8(ascii: "-")) }
        bytes.appendDecimal(components[first])
        for field in IntervalField.allCases where field > first && field <= last {
            bytes.append(UInt8(ascii: field == .month ? "-" : field == .hour ? " " : ":"))
            bytes.appendDecimal(components[field], width: 2)
        }
        let digits = Int(FractionOfSecond.digits(components.nanoseconds))
        FractionOfSecond.append(components.nanoseconds, digits: digits, to: &bytes)
        bytes.append(ascii: "' ")
        let leading = PowersOfTen.digitCount(components[first])
        Interval.appendQualifier(from: first, to: last, leadingDigits: leading, fractionDigits: digits, to: &bytes)
    }

    private func isShown(_ field: IntervalField, _ components: IntervalComponents) -> Bool {
        components[field] != 0 || (field == .second && components.nanoseconds != 0)
    }

    private static func appendQualifier(
        from first: IntervalField, to last: IntervalField, leadingDigits: Int, fractionDigits: Int,
        to bytes: inout [UInt8]
    ) {
        bytes.append(ascii: first.name)
        let hasFraction = fractionDigits > 6
        if leadingDigits > 2 || (hasFraction && first == .second) {
            bytes.append(ascii: " (\(max(leadingDigits, 2))")
            if hasFraction && first == .second { bytes.append(ascii: ", \(fractionDigits)") }
            bytes.append(UInt8(ascii: ")"))
        }
        guard first < last else { return }
        bytes.append(ascii: " TO \(last.name)")
        if hasFraction { bytes.append(ascii: " (\(fractionDigits))") }
    }

    /// Appends an ISO 8601 duration: `P1Y2M`, `P1DT2H3M4.5S`; below zero with a sign before it (ISO 8601-2, section
    /// 4.4), zero as `P0M` or `PT0S`.
    public func appendISO8601(to bytes: inout [UInt8]) {
        let components = components
        if components.isNegative { bytes.append(UInt8(ascii: "-")) }
        bytes.append(UInt8(ascii: "P"))
        if isZero { return bytes.append(ascii: family == .yearMonth ? "0M" : "T0S") }
        var hasTime = false
        for field in IntervalField.allCases where isShown(field, components) {
            if field > .day && !hasTime {
                hasTime = true
                bytes.append(UInt8(ascii: "T"))
            }
            bytes.appendDecimal(components[field])
            if field == .second {
                let digits = Int(FractionOfSecond.digits(components.nanoseconds))
                FractionOfSecond.append(components.nanoseconds, digits: digits, to: &bytes)
            }
            bytes.append(field.name.utf8.first ?? 0)
        }
    }
}

extension TimeTextReader {
    /// Reads the first field, in the unit of its family.
    fileprivate mutating func leadingField(_ field: IntervalField, digits: Int) throws(ValueError) -> Int {
        let value = try self.digits(1...min(max(digits, 1), 14)).value
        return value * Int(field.unit)
    }

    /// Reads a separator and a later field, in the unit of its family.
    fileprivate mutating func field(_ field: IntervalField) throws(ValueError) -> Int {
        try expect(field == .month ? "-" : field == .hour ? " " : ":")
        let start = position
        let value = try digits(1...2).value
        guard value < field.limit else { throw .invalidTime(offset: start) }
        return value * Int(field.unit)
    }

    /// Reads digits after a point, and cuts them to `digits`.
    fileprivate mutating func fraction(digits: Int) throws(ValueError) -> Int {
        let (value, count) = try self.digits(1...9)
        let kept = min(max(digits, 0), 9)
        let nanoseconds = value * Int(PowersOfTen.small[9 - count])
        let unit = Int(PowersOfTen.small[9 - kept])
        return nanoseconds / unit * unit
    }
}
