import HindsightValues

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// A type that is a value of the language itself, or has one obvious counterpart there, so that coding does not take it
/// apart into keys.
public protocol ValueConvertible: Sendable {
    /// nil if the value is of another kind, or does not fit.
    init?(exactly value: Value)
    var value: Value { get }
}

extension Value: ValueConvertible {
    public init?(exactly value: Value) { self = value }
    public var value: Value { self }
}

extension Bool: ValueConvertible {
    public init?(exactly value: Value) {
        guard case .bool(let flag) = value else { return nil }
        self = flag
    }

    public var value: Value { .bool(self) }
}

extension String: ValueConvertible {
    public init?(exactly value: Value) {
        switch value {
        case .string(let text), .symbol(let text): self = text
        default: return nil
        }
    }

    public var value: Value { .string(self) }
}

extension Int: ValueConvertible {
    public init?(exactly value: Value) {
        guard let integer = try? ValueDecoding(value: value, codingPath: [], userInfo: [:]).integer(Int.self) else {
            return nil
        }
        self = integer
    }

    public var value: Value { .int(Int64(self)) }
}

extension Int64: ValueConvertible {
    public init?(exactly value: Value) {
        guard let integer = try? ValueDecoding(value: value, codingPath: [], userInfo: [:]).integer(Int64.self) else {
            return nil
        }
        self = integer
    }

    public var value: Value { .int(self) }
}

extension Double: ValueConvertible {
    public init?(exactly value: Value) {
        guard let double = try? ValueDecoding(value: value, codingPath: [], userInfo: [:]).double() else { return nil }
        self = double
    }

    public var value: Value { .float(self) }
}

extension Structure: ValueConvertible {
    public init?(exactly value: Value) {
        guard case .structure(let structure) = value else { return nil }
        self = structure
    }

    public var value: Value { .structure(self) }
}

extension Number: ValueConvertible {
    public init?(exactly value: Value) {
        switch value {
        case .int(let integer): self.init(integer)
        case .decimal(let number): self = number
        default: return nil
        }
    }

    public var value: Value { .decimal(self) }
}

extension Timestamp: ValueConvertible {
    public init?(exactly value: Value) {
        guard case .timestamp(let timestamp) = value else { return nil }
        self = timestamp
    }

    public var value: Value { .timestamp(self) }
}

extension CalendarDate: ValueConvertible {
    public init?(exactly value: Value) {
        guard case .date(let date) = value else { return nil }
        self = date
    }

    public var value: Value { .date(self) }
}

extension TimeOfDay: ValueConvertible {
    public init?(exactly value: Value) {
        guard case .time(let time) = value else { return nil }
        self = time
    }

    public var value: Value { .time(self) }
}

extension Interval: ValueConvertible {
    public init?(exactly value: Value) {
        guard case .interval(let interval) = value else { return nil }
        self = interval
    }

    public var value: Value { .interval(self) }
}

/// A date is a timestamp in UTC, to the microsecond.
extension Date: ValueConvertible {
    public init?(exactly value: Value) {
        guard case .timestamp(let timestamp) = value else { return nil }
        self.init(timeIntervalSince1970: Double(timestamp.seconds) + Double(timestamp.nanoseconds) / 1e9)
    }

    public var value: Value { .timestamp(Timestamp(clock: microsecondsSince1970)) }

    /// The nearest whole microsecond; dates beyond the range of the clock stay at its ends.
    var microsecondsSince1970: Int64 {
        let microseconds = (timeIntervalSince1970 * 1e6).rounded()
        return Int64(exactly: microseconds) ?? (microseconds < 0 ? .min : .max)
    }
}

/// Data is a blob.
extension Data: ValueConvertible {
    public init?(exactly value: Value) {
        switch value {
        case .blob(let bytes), .clob(let bytes): self.init(bytes)
        default: return nil
        }
    }

    public var value: Value { .blob([UInt8](self)) }
}

extension Optional: ValueConvertible where Wrapped: ValueConvertible {
    public init?(exactly value: Value) {
        switch value {
        case .null, .missing: self = .none
        default:
            guard let wrapped = Wrapped(exactly: value) else { return nil }
            self = .some(wrapped)
        }
    }

    /// NULL for nil.
    public var value: Value { self?.value ?? .null }
}

extension Array: ValueConvertible where Element: ValueConvertible {
    public init?(exactly value: Value) {
        switch value {
        case .list(let elements), .bag(let elements), .sexp(let elements):
            var result: [Element] = []
            result.reserveCapacity(elements.count)
            for element in elements {
                guard let converted = Element(exactly: element) else { return nil }
                result.append(converted)
            }
            self = result
        default: return nil
        }
    }

    public var value: Value { .list(map(\.value)) }
}
