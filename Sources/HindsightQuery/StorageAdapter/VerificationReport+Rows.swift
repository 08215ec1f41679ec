import HindsightStorage
import HindsightValues

extension VerificationReport {
    /// What VERIFY answers: that all is well and how much was looked at, or what was found.
    var rows: [Value] {
        guard !isSound else { return [.structure(summary)] }
        var rows = findings.map { finding in
            var row = Structure()
            row.append("kind", .string(finding.kind.rawValue))
            row.append("place", .string(finding.place))
            row.append("detail", .string(finding.detail))
            return Value.structure(row)
        }
        if further > 0 {
            var row = Structure()
            row.append("kind", .string("further"))
            row.append("detail", .string("and \(further) more"))
            rows.append(.structure(row))
        }
        return rows
    }

    private var summary: Structure {
        var row = Structure()
        row.append("result", .string("sound"))
        row.append("version", .string("v\(version)"))
        row.append("hash", .string(hash))
        row.append("commits", .int(Int64(commits)))
        row.append("items", .int(Int64(items)))
        row.append("records", .int(Int64(records)))
        row.append("provenChanges", .int(Int64(provenChanges)))
        return row
    }
}
