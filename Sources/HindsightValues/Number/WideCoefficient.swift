/// An unsigned integer of 256 bits: what products, shifted sums, and numerators need before they are rounded.
struct WideCoefficient {
    var high: UInt128
    var low: UInt128

    init(_ value: UInt128) {
        high = 0
        low = value
    }

    init(product left: UInt128, _ right: UInt128) {
        (high, low) = left.multipliedFullWidth(by: right)
    }

    /// `coefficient × 10^power`; the result must have at most 77 digits, which 256 bits hold.
    init(_ coefficient: UInt128, timesTenTo power: Int) {
        if power <= 38 {
            self.init(product: coefficient, PowersOfTen.power(power))
        } else if power - 38 + PowersOfTen.digitCount(coefficient) <= 38 {
            self.init(product: coefficient * PowersOfTen.power(power - 38), PowersOfTen.limit)
        } else {
            self.init(product: coefficient * PowersOfTen.power(power - 39), PowersOfTen.limit)
            multiplyByTen()
        }
    }

    private mutating func multiplyByTen() {
        let (carry, product) = low.multipliedFullWidth(by: 10)
        low = product
        high = high * 10 + carry
    }

    mutating func add(_ value: UInt128) {
        let (sum, overflow) = low.addingReportingOverflow(value)
        low = sum
        if overflow { high += 1 }
    }

    /// Subtracts a value that is not greater.
    mutating func subtract(_ value: UInt128) {
        let (difference, overflow) = low.subtractingReportingOverflow(value)
        low = difference
        if overflow { high -= 1 }
    }

    /// Divides by ten and returns the remainder.
    mutating func divideByTen() -> UInt128 {
        let top = high.quotientAndRemainder(dividingBy: 10)
        high = top.quotient
        let bottom = UInt128(10).dividingFullWidth((top.remainder, low))
        low = bottom.quotient
        return bottom.remainder
    }

    /// The number of decimal digits; 1 for zero.
    var digitCount: Int {
        if high == 0 { return PowersOfTen.digitCount(low) }
        let estimate = ((256 - high.leadingZeroBitCount) &* 1233) >> 12
        let power = WideCoefficient(10, timesTenTo: estimate - 1)
        let reaches = high > power.high || (high == power.high && low >= power.low)
        return reaches ? estimate + 1 : estimate
    }
}
