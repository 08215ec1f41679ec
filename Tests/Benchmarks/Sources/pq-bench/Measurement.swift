import Foundation

/// One line of the report: how often a second both sides did a piece of work, as medians over the rounds.
struct Measurement: Encodable {
    let work: String
    /// What one piece of work is.
    let unit: String
    /// Pieces a second.
    let hindsight: Double
    /// Pieces a second; nil where the work has no counterpart.
    let sqlite: Double?
    /// The least ratio that we want.
    let goal: Double?

    var ratio: Double? { sqlite.map { hindsight / $0 } }

    enum CodingKeys: String, CodingKey { case work, unit, hindsight, sqlite, goal, ratio }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(work, forKey: .work)
        try container.encode(unit, forKey: .unit)
        try container.encode(hindsight, forKey: .hindsight)
        try container.encodeIfPresent(sqlite, forKey: .sqlite)
        try container.encodeIfPresent(goal, forKey: .goal)
        try container.encodeIfPresent(ratio, forKey: .ratio)
    }
}

func median(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    return sorted.count % 2 == 1
        ? sorted[sorted.count / 2] : (sorted[sorted.count / 2 - 1] + sorted[sorted.count / 2]) / 2
}

/// The seconds that `body` takes.
func seconds(_ body: () throws -> Void) rethrows -> Double {
    let start = ContinuousClock.now
    try body()
    let duration = (ContinuousClock.now - start).components
    return Double(duration.seconds) + Double(duration.attoseconds) / 1e18
}

/// The seconds of processor time that `body` takes: of work that waits for no disk, what it costs however busy the machine
/// is.
func processorSeconds(_ body: () throws -> Void) rethrows -> Double {
    let start = processorTime()
    try body()
    return processorTime() - start
}

private func processorTime() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}
