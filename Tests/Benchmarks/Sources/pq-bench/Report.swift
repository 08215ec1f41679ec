import Foundation

/// Everything that a run found, printed as JSON and as a table.
struct Report: Encodable {
    let machine: String
    let count: Int
    let rounds: Int
    var measurements: [Measurement] = []
    /// Figures that are not a ratio to the peer: name and value, the unit in the name.
    var facts: [String: Double] = [:]

    init(configuration: Configuration) {
        let processors = ProcessInfo.processInfo.processorCount
        machine = "\(ProcessInfo.processInfo.operatingSystemVersionString), \(processors) processors"
        count = configuration.count
        rounds = configuration.rounds
    }

    func json() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }

    func table() -> String {
        let header = Report.row("work", "hindsight/s", "sqlite/s", "ratio", "goal")
        let lines = measurements.map { measurement in
            Report.row(
                "\(measurement.work) (\(measurement.unit))", Report.rate(measurement.hindsight),
                measurement.sqlite.map(Report.rate) ?? "", measurement.ratio.map(Report.ratio) ?? "",
                measurement.goal.map(Report.ratio) ?? "")
        }
        let rest = facts.sorted { $0.key < $1.key }.map { "\($0.key): \(String(format: "%.3f", $0.value))" }
        return (["\(count) documents, medians of \(rounds), \(machine)", header] + lines + rest).joined(separator: "\n")
    }

    private static func row(_ work: String, _ ours: String, _ theirs: String, _ ratio: String, _ goal: String) -> String
    {
        let padded = [ours, theirs, ratio, goal].zipped(with: [13, 13, 9, 7]).map { text, width in
            String(repeating: " ", count: max(1, width - text.count)) + text
        }
        return work + String(repeating: " ", count: max(1, 58 - work.count)) + padded.joined()
    }

    private static func rate(_ value: Double) -> String {
        String(format: value < 100 ? "%.2f" : "%.0f", value)
    }

    private static func ratio(_ value: Double) -> String {
        String(format: "%.2f×", value)
    }
}

extension Array {
    fileprivate func zipped<Other>(with other: [Other]) -> [(Element, Other)] {
        [(Element, Other)](zip(self, other))
    }
}
