import HindsightKeyValue

extension Value {
    /// A hash for tables in memory that equal values share, whatever their kinds. It is the same all through a process,
    /// and not against adversaries; several times faster than `hash(into:)` for numbers and texts.
    @inlinable
    package var quickHash: UInt64 {
        switch self {
        // The nearest float, which equal numbers of all kinds share.
        case .int(let integer): Value.mixed(Double(integer).bitPattern)
        case .string(let text), .symbol(let text): RawSpan(_elements: text.utf8.span).fastHash
        default: otherQuickHash
        }
    }

    @usableFromInline
    var otherQuickHash: UInt64 {
        switch self {
        case .decimal, .float:
            let float = NumericOrder.nearestDouble(self)
            return Value.mixed(float.isNaN ? Double.nan.bitPattern : float == 0 ? 0 : float.bitPattern)
        default:
            var hasher = Hasher()
            hash(into: &hasher)
            return UInt64(bitPattern: Int64(hasher.finalize()))
        }
    }

    /// Spreads the bits of a word: MurmurHash3's finaliser.
    @inlinable
    package static func mixed(_ word: UInt64) -> UInt64 {
        var word = word
        word = (word ^ word &>> 33) &* 0xFF51_AFD7_ED55_8CCD
        word = (word ^ word &>> 33) &* 0xC4CE_B9FE_1A85_EC53
        return word ^ word &>> 33
    }
}
