import HindsightSyntax
import HindsightValues

/// The rows of SHOW TIMELINE as a chart: a line of bars for each kind of change over one axis of time.
///
///     inserts  █  ▂       4
///     updates  ▁█ ▃      12
///     deletes      ▁      1
///              ├──────────┬
///              12:00      12:10
struct TimelineRenderer: RowRenderer {
    private struct Stretch {
        let start: Int64
        let counts: [Int]
    }

    private static let kinds = ["inserts", "updates", "deletes"]
    private static let bars = Array(" ▁▂▃▄▅▆▇█")
    /// Columns from one time on the axis to the next; wider than any of them.
    private static let tickWidth = 12

    private let width: Int?
    private var stretches: [Stretch] = []
    /// When the last stretch ends.
    private var finish: Int64 = 0
    /// What is drawn where there is no room for a chart.
    private var table: TableRenderer

    init(width: Int?) {
        self.width = width
        table = TableRenderer(width: width)
    }

    mutating func begin(columns: [String]?, _ output: TextOutput) {
        table.begin(columns: columns, output)
    }

    mutating func add(_ row: Value, _ output: TextOutput) {
        table.add(row, output)
        guard case .structure(let row) = row, case .timestamp(let start) = row["from"] ?? .missing else { return }
        if case .timestamp(let time) = row["to"] ?? .missing { finish = time.microsecondsSince1970 }
        let counts = Self.kinds.map { kind in
            if case .int(let count) = row[kind] ?? .missing { Int(clamping: count) } else { 0 }
        }
        stretches.append(Stretch(start: start.microsecondsSince1970, counts: counts))
    }

    mutating func end(_ output: TextOutput) {
        let totals = Self.kinds.indices.map { kind in stretches.reduce(0) { $0 + $1.counts[kind] } }
        let indent = (Self.kinds.map(\.count).max() ?? 0) + 2
        let totalWidth = totals.map { "\($0)".count }.max() ?? 0
        if let width, indent + stretches.count + 2 + totalWidth > width { return table.end(output) }
        let highest = stretches.flatMap(\.counts).max() ?? 0
        for (kind, name) in Self.kinds.enumerated() {
            let bars = stretches.map { Self.bar($0.counts[kind], of: highest) }
            let total = String(repeating: " ", count: totalWidth - "\(totals[kind])".count) + "\(totals[kind])"
            output.writeLine(name + String(repeating: " ", count: indent - name.count) + String(bars) + "  " + total)
        }
        drawAxis(indent: String(repeating: " ", count: indent), output)
        output.writeLine("a column is \(lengthText), the highest bar \(highest) \(highest == 1 ? "change" : "changes")")
    }

    /// An eighth of the height at least for what is not nothing.
    private static func bar(_ count: Int, of highest: Int) -> Character {
        guard count > 0, highest > 0 else { return bars[0] }
        let (eighths, isTooMany) = count.multipliedReportingOverflow(by: 8)
        return bars[isTooMany ? 8 : max(1, (eighths + highest - 1) / highest)]
    }

    private func drawAxis(indent: String, _ output: TextOutput) {
        var line = ""
        var labels = ""
        for index in stretches.indices {
            let isTick = index.isMultiple(of: Self.tickWidth)
            line += isTick ? (index == 0 ? "├" : "┬") : "─"
            if isTick {
                labels += String(repeating: " ", count: index - labels.count) + label(stretches[index].start)
            }
        }
        output.writeLine(indent + line)
        output.writeLine(indent + labels)
    }

    /// The time as exact as the columns are.
    private func label(_ time: Int64) -> String {
        let text = Array(TimeText.full(time))
        guard text.count > 19 else { return String(text) }
        if length >= 86_400 { return String(text[0..<10]) }
        if length >= 3600 { return String(text[5..<10]) + " " + String(text[11..<16]) }
        return String(text[11..<(length >= 60 ? 16 : 19)])
    }

    /// Seconds of a whole column; the first and the last may be cut off.
    private var length: Int64 {
        if stretches.count > 2 { return (stretches[2].start - stretches[1].start) / 1_000_000 }
        return max(1, (finish - (stretches.first?.start ?? finish)) / 1_000_000)
    }

    private var lengthText: String {
        let (amount, unit): (Int64, String) =
            switch length {
            case 86_400... where length.isMultiple(of: 86_400): (length / 86_400, "day")
            case 3600... where length.isMultiple(of: 3600): (length / 3600, "hour")
            case 60... where length.isMultiple(of: 60): (length / 60, "minute")
            default: (length, "second")
            }
        return "\(amount) \(unit)\(amount == 1 ? "" : "s")"
    }
}
