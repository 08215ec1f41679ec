/// Powers of ten and digit counts of coefficients.
enum PowersOfTen {
    /// 10^0 … 10^19, all that fit into 64 bits.
    static let small: [UInt64] = [
        1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000, 10_000_000_000,
        100_000_000_000, 1_000_000_000_000, 10_000_000_000_000, 100_000_000_000_000, 1_000_000_000_000_000,
        10_000_000_000_000_000, 100_000_000_000_000_000, 1_000_000_000_000_000_000, 10_000_000_000_000_000_000,
    ]

    /// 10^n for n in 0 … 38.
    static func power(_ n: Int) -> UInt128 {
        if n < 20 { return UInt128(small[n]) }
        let (high, low) = small[19].multipliedFullWidth(by: small[n - 19])
        return UInt128(high) << 64 | UInt128(low)
    }

    /// 10^38, the first integer of 39 digits.
    static let limit = UInt128(10_000_000_000_000_000_000) * UInt128(10_000_000_000_000_000_000)

    /// The number of decimal digits of `value`; 1 for zero.
    ///
    /// 1233 / 4096 is a little less than log10 2, closely enough for every width up to 256 bits, so that the estimate is
    /// right or one too small.
    static func digitCount(_ value: UInt64) -> Int {
        let estimate = ((64 - value.leadingZeroBitCount) &* 1233) >> 12
        return value >= small[estimate] || estimate == 0 ? estimate + 1 : estimate
    }

    /// The number of decimal digits of `value`, at most 38 or 39; 1 for zero.
    static func digitCount(_ value: UInt128) -> Int {
        let high = UInt64(truncatingIfNeeded: value >> 64)
        if high == 0 { return digitCount(UInt64(truncatingIfNeeded: value)) }
        let estimate = ((128 - high.leadingZeroBitCount) &* 1233) >> 12
        return value >= power(estimate) ? estimate + 1 : estimate
    }
}
