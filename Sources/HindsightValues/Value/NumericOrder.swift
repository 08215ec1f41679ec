/// Numbers of different kinds against each other, by value.
///
/// A float counts as the decimal that `Number.init(_: Double)` makes of it, so that 0.1 equals `0.1e0`, as the conformance
/// cases have it. That decimal's nearest float is the float itself; so the nearest floats of two numbers are never ordered
/// the other way than the numbers, and the order is total over all kinds.
enum NumericOrder {
    /// -1, 0, or 1, with NaN first and equal to itself.
    ///
    /// - Precondition: both are numbers.
    static func compare(_ left: Value, _ right: Value) -> Int {
        switch (left, right) {
        case (.int(let left), .int(let right)): order(left, right)
        case (.decimal(let left), .decimal(let right)): Number.compare(left, right)
        case (.int(let left), .decimal(let right)): Number.compare(Number(left), right)
        case (.decimal(let left), .int(let right)): Number.compare(left, Number(right))
        case (.int(let left), .float(let right)): compare(left, right)
        case (.float(let left), .int(let right)): -compare(right, left)
        case (.decimal(let left), .float(let right)): compare(left, right)
        case (.float(let left), .decimal(let right)): -compare(right, left)
        default: order(nearestDouble(left), nearestDouble(right))
        }
    }

    private static func compare(_ integer: Int64, _ float: Double) -> Int {
        let order = order(Double(integer), float)
        guard order == 0 else { return order }
        // Integers that become 2^63 are less than it.
        guard let other = Int64(exactly: float) else { return -1 }
        return Self.order(integer, other)
    }

    private static func compare(_ number: Number, _ float: Double) -> Int {
        let order = order(number.doubleValue, float)
        guard order == 0 else { return order }
        if let integer = Int64(exactly: float) { return Number.compare(number, Number(integer)) }
        // No two decimals of so few digits have the same nearest float, so that this one is its shortest.
        if number.digitCount <= Self.digitsOfEveryFloat { return 0 }
        guard let shortest = try? Number(float) else { return float < 0 ? 1 : -1 }
        return Number.compare(number, shortest)
    }

    /// As many digits as a float keeps of every decimal (C's `DBL_DIG`).
    private static let digitsOfEveryFloat = 15

    private static func order(_ left: Int64, _ right: Int64) -> Int {
        left < right ? -1 : left == right ? 0 : 1
    }

    private static func order(_ left: Double, _ right: Double) -> Int {
        if left < right { return -1 }
        if left > right { return 1 }
        if left == right { return 0 }
        return left.isNaN ? (right.isNaN ? 0 : -1) : 1
    }

    /// The float nearest to a number.
    ///
    /// - Precondition: the value is a number.
    static func nearestDouble(_ value: Value) -> Double {
        switch value {
        case .int(let integer): Double(integer)
        case .decimal(let number): number.doubleValue
        case .float(let float): float
        default: preconditionFailure("not a number")
        }
    }

    /// Hashes the nearest float, which equal numbers of all kinds share.
    static func hash(_ value: Value, into hasher: inout Hasher) {
        let float = nearestDouble(value)
        hasher.combine(3)
        hasher.combine(float.isNaN ? Double.nan.bitPattern : float == 0 ? 0 : float.bitPattern)
    }
}
