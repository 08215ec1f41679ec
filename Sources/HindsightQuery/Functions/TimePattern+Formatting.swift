extension TimePattern {
    /// The text of a point in time; absent fields are their least value, an absent offset is UTC.
    func format(_ fields: TimeFields) -> String {
        var text = ""
        for item in items {
            switch item {
            case .literal(let literal): text += literal
            case .field(let field, let width): text += TimePattern.format(field, width: width, fields)
            }
        }
        return text
    }

    private static func format(_ field: Field, width: Int, _ fields: TimeFields) -> String {
        let hour = fields.hour ?? 0
        switch field {
        case .year: return width == 2 ? padded(fields.year % 100, to: 2) : padded(fields.year, to: width)
        case .month: return formatMonth(fields.month ?? 1, width: width)
        case .day: return padded(fields.day ?? 1, to: width)
        case .halfOfDay: return hour < 12 ? "AM" : "PM"
        case .hourOfHalf: return padded(hour % 12 == 0 ? 12 : hour % 12, to: width)
        case .hour: return padded(hour, to: width)
        case .minute: return padded(fields.minute ?? 0, to: width)
        case .second: return padded(fields.second ?? 0, to: width)
        case .fraction: return String(padded(fields.nanosecond ?? 0, to: 9).prefix(width))
        case .nanosecond: return padded(fields.nanosecond ?? 0, to: width)
        case .offsetOrZ: return formatOffset(fields.offsetMinutes ?? 0, width: width, zero: "Z")
        case .offset: return formatOffset(fields.offsetMinutes ?? 0, width: width, zero: nil)
        }
    }

    private static func formatMonth(_ month: Int, width: Int) -> String {
        let name = monthNames[month - 1]
        switch width {
        case 3: return String(name.prefix(3))
        case 4: return name
        case 5: return String(name.prefix(1))
        default: return padded(month, to: width)
        }
    }

    private static func formatOffset(_ minutes: Int, width: Int, zero: String?) -> String {
        if minutes == 0, let zero { return zero }
        let hours = padded(abs(minutes) / 60, to: 2)
        let rest = padded(abs(minutes) % 60, to: 2)
        let sign = minutes < 0 ? "-" : "+"
        switch width {
        case 1: return sign + hours + (minutes % 60 == 0 ? "" : rest)
        case 2, 4: return sign + hours + rest
        default: return sign + hours + ":" + rest
        }
    }

    private static func padded(_ number: Int, to width: Int) -> String {
        let digits = String(abs(number))
        return (number < 0 ? "-" : "") + String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
