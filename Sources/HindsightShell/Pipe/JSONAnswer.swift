import Hindsight
import HindsightSyntax

/// One line of the pipe protocol: the answer to one statement.
///
///     {"rows":[…],"ms":0.4}
///     {"changed":3,"version":12,"time":"2026-05-01T12:00:03.000000Z","ms":0.4}
///     {"error":{"code":"unknown_table","message":"…","line":1,"column":15},"ms":0.1}
///
/// RESTORE adds `items` and `notCarriedOver` to `changed`. `version` and `time` are null if nothing was committed; RETURNING adds `rows` to `changed`; an error may have a `hint`
/// and the `exception` that DynamoDB would answer with. Lines and columns count from 1, columns in characters. Numbers are
/// exact: read them as decimals.
///
/// An answer is written when it is whole, or in pieces when it is long. Then an error among the rows stands behind the rows
/// read so far: `{"rows":[…],"error":{…},"ms":…}`.
struct JSONAnswer: ~Copyable {
    /// Bytes of rows that are held back, so that an error can still take their place.
    private static let heldBytes = 1 << 20

    private let output: TextOutput
    private let start = ContinuousClock.now
    private var line = Array("{".utf8)
    private var isStarted = false
    private var rowCount = 0

    init(_ output: TextOutput) {
        self.output = output
    }

    // MARK: Rows

    mutating func beginRows() {
        line += "\"rows\":[".utf8
    }

    mutating func add(_ row: Value) {
        if rowCount > 0 { line.append(UInt8(ascii: ",")) }
        row.appendJSON(to: &line)
        rowCount += 1
        guard line.count > Self.heldBytes else { return }
        output.write(line)
        line.removeAll(keepingCapacity: true)
        isStarted = true
    }

    mutating func endRows() {
        line += "],".utf8
    }

    // MARK: Other answers

    mutating func changed(_ count: Int, _ commit: Commit?) {
        field("changed", .int(Int64(count)))
        field("version", commit.map { .int(Int64(clamping: $0.version)) } ?? .null)
        field("time", commit.map { .string(TimeText.full($0.microsecondsSince1970)) } ?? .null)
    }

    mutating func restored(_ report: RestoreReport) {
        changed(0, report.commit)
        var omissions = Structure()
        for omission in report.notCarriedOver { omissions.append(omission.name, .string(omission.value)) }
        field("items", .int(Int64(report.itemCount)))
        field("notCarriedOver", .structure(omissions))
    }

    /// What a dot-command printed.
    mutating func printed(_ text: String) {
        field("text", .string(text))
    }

    /// An error in place of what was not yet written.
    mutating func failed(_ diagnostic: Diagnostic, in text: String) {
        if isStarted { endRows() } else { line = Array("{".utf8) }
        var fields = Structure()
        fields.append("code", .string(diagnostic.code.rawValue))
        fields.append("message", .string(diagnostic.message))
        if let span = diagnostic.span {
            let location = SourceText(text).location(of: Int(span.start))
            fields.append("line", .int(Int64(location.line)))
            fields.append("column", .int(Int64(location.column)))
        }
        if let hint = diagnostic.hint { fields.append("hint", .string(hint)) }
        if let name = diagnostic.exceptionName { fields.append("exception", .string(name)) }
        field("error", .structure(fields))
    }

    /// Ends the line and hands it on at once.
    consuming func send() {
        let elapsed = TimeText.milliseconds(start.duration(to: .now))
        line += "\"ms\":\(TimeText.decimal(elapsed, digits: 3))}\n".utf8
        output.write(line)
        output.flush()
    }

    private mutating func field(_ name: String, _ value: Value) {
        line += "\"\(name)\":".utf8
        value.appendJSON(to: &line)
        line.append(UInt8(ascii: ","))
    }
}
