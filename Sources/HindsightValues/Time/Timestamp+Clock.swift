extension Timestamp {
    /// What a clock shows, in microseconds since 1970-01-01T00:00Z; times beyond the range of timestamps stay at its ends.
    public init(clock microseconds: Int64) {
        let seconds = microseconds.floorDivided(by: 1_000_000)
        let rest = Int32(microseconds - seconds * 1_000_000)
        let clamped = min(max(seconds, Timestamp.secondsRange.lowerBound), Timestamp.secondsRange.upperBound)
        self.init(
            uncheckedSeconds: clamped, nanoseconds: rest * 1000, zone: .utc,
            precision: rest == 0 ? .second : .fraction(digits: rest.isMultiple(of: 1000) ? 3 : 6))
    }
}
