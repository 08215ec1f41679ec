/// The fields of an interval, from years to seconds, in their order of size.
public enum IntervalField: UInt8, Sendable, Comparable, CaseIterable {
    case year, month, day, hour, minute, second

    public static func < (left: IntervalField, right: IntervalField) -> Bool {
        left.rawValue < right.rawValue
    }

    public var family: Interval.Family { self <= .month ? .yearMonth : .dayTime }

    /// The keyword.
    public var name: String {
        switch self {
        case .year: "YEAR"
        case .month: "MONTH"
        case .day: "DAY"
        case .hour: "HOUR"
        case .minute: "MINUTE"
        case .second: "SECOND"
        }
    }

    /// How much of the family's unit (months, seconds) makes one of the field.
    var unit: UInt64 {
        switch self {
        case .year: 12
        case .month, .second: 1
        case .day: 86_400
        case .hour: 3600
        case .minute: 60
        }
    }

    /// How many of the field make one of the next larger field.
    var limit: Int {
        switch self {
        case .year, .day: .max
        case .month: 12
        case .hour: 24
        case .minute, .second: 60
        }
    }
}

/// The length of an interval, cut into fields: months below 12, hours below 24, minutes and seconds below 60.
public struct IntervalComponents: Sendable, Equatable {
    public var isNegative = false
    public var years: UInt64 = 0
    public var months: UInt64 = 0
    public var days: UInt64 = 0
    public var hours: UInt64 = 0
    public var minutes: UInt64 = 0
    public var seconds: UInt64 = 0
    public var nanoseconds = 0

    public init() {}

    subscript(_ field: IntervalField) -> UInt64 {
        switch field {
        case .year: years
        case .month: months
        case .day: days
        case .hour: hours
        case .minute: minutes
        case .second: seconds
        }
    }
}

extension Interval {
    public var components: IntervalComponents {
        var components = IntervalComponents()
        components.isNegative = isNegative
        switch family {
        case .yearMonth:
            components.years = amount.magnitude / 12
            components.months = amount.magnitude % 12
        case .dayTime:
            // Below zero the seconds are rounded down, so that a fraction takes one of them back.
            let borrows = isNegative && fraction != 0
            let whole = borrows ? (amount + 1).magnitude : amount.magnitude
            components.nanoseconds = borrows ? 1_000_000_000 - Int(fraction) : Int(fraction)
            components.days = whole / 86_400
            components.hours = whole % 86_400 / 3600
            components.minutes = whole % 3600 / 60
            components.seconds = whole % 60
        }
        return components
    }
}
