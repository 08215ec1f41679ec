/// Numbers of different kinds against each other: by value between integers and decimals, as floats where one is a float.
///
/// A float equals every decimal whose nearest float it is, as the conformance cases have it. That is not transitive for
/// decimals that differ after the 16th digit, which only shows when they are mixed with floats.
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
        default: order(nearestDouble(left), nearestDouble(right))
        }
    }

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

    /// Hashes the nearest float, because a float may equal any kind of number.
    static func hash(_ value: Value, into hasher: inout Hasher) {
        let float = nearestDouble(value)
        hasher.combine(3)
        hasher.combine(float.isNaN ? Double.nan.bitPattern : float == 0 ? 0 : float.bitPattern)
    }
}
