import HindsightKeyValue

@testable import HindsightValues

/// What the order of keys has to be, told without any bytes.
enum KeyCodeOrder {
    /// The components of a key that is held as an array.
    static func decode(_ key: [UInt8]) throws -> [Value] { try KeyCode.decode(key.rawSpan) }

    /// -1, 0 or 1 in the order of bytes.
    static func compare(_ left: [UInt8], _ right: [UInt8]) -> Int {
        left.lexicographicallyPrecedes(right) ? -1 : right.lexicographicallyPrecedes(left) ? 1 : 0
    }

    /// -1, 0 or 1 in the order of keys of components.
    static func compare(_ left: [Value], _ right: [Value]) -> Int {
        for (leftValue, rightValue) in zip(left, right) {
            let order = compare(leftValue, rightValue)
            if order != 0 { return order }
        }
        return (left.count - right.count).signum()
    }

    /// -1, 0 or 1 in the order of components.
    static func compare(_ left: Value, _ right: Value) -> Int {
        switch (left, right) {
        case (.bool(let left), .bool(let right)): (left ? 1 : 0) - (right ? 1 : 0)
        case (.string(let left), .string(let right)): compare(Array(left.utf8), Array(right.utf8))
        case (.blob(let left), .blob(let right)): compare(left, right)
        case (.timestamp(let left), .timestamp(let right)):
            left.seconds != right.seconds
                ? (left.seconds < right.seconds ? -1 : 1) : Int(left.nanoseconds - right.nanoseconds).signum()
        default:
            if let leftNumber = number(left), let rightNumber = number(right) {
                Number.compare(leftNumber, rightNumber).signum()
            } else {
                (rank(left) - rank(right)).signum()
            }
        }
    }

    private static func number(_ value: Value) -> Number? {
        switch value {
        case .int(let integer): Number(integer)
        case .decimal(let number): number
        case .float(let float): try? Number(float)
        default: nil
        }
    }

    private static func rank(_ value: Value) -> Int {
        switch value {
        case .null: 0
        case .bool: 1
        case .int, .decimal, .float: 2
        case .timestamp: 3
        case .string: 4
        default: 5
        }
    }
}
