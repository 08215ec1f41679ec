import HindsightValues

/// Window functions by their definition, row by row: what the operator is compared with.
struct WindowReference {
    struct Row {
        let id: Int
        let partition: Int
        let key: Int?
        let value: Int?
    }

    enum Bound {
        case unbounded
        case preceding(Int)
        case current
        case following(Int)
    }

    var unit = "RANGE"
    var start = Bound.unbounded
    var end = Bound.current
    var exclusion = "NO OTHERS"
    var isDescending = false
    var nullsFirst = false
    var isSorted = true

    /// The text of the window.
    var text: String {
        let order = "ORDER BY t.k\(isDescending ? " DESC" : "") NULLS \(nullsFirst ? "FIRST" : "LAST")"
        let frame = "\(unit) BETWEEN \(word(start, "PRECEDING")) AND \(word(end, "FOLLOWING")) EXCLUDE \(exclusion)"
        return "(PARTITION BY t.p\(isSorted ? " " + order : "") \(frame))"
    }

    private func word(_ bound: Bound, _ side: String) -> String {
        switch bound {
        case .unbounded: "UNBOUNDED \(side)"
        case .preceding(let count): "\(count) PRECEDING"
        case .current: "CURRENT ROW"
        case .following(let count): "\(count) FOLLOWING"
        }
    }

    /// Each partition, sorted.
    func partitions(_ rows: [Row]) -> [[Row]] {
        let sorted = isSorted ? rows.sorted { compare($0, $1) < 0 || (compare($0, $1) == 0 && $0.id < $1.id) } : rows
        return Set(rows.map(\.partition)).map { partition in sorted.filter { $0.partition == partition } }
    }

    /// Below zero if the left row comes first; 0 for peers.
    func compare(_ left: Row, _ right: Row) -> Int {
        guard isSorted else { return 0 }
        switch (left.key, right.key) {
        case (nil, nil): return 0
        case (nil, _): return nullsFirst ? -1 : 1
        case (_, nil): return nullsFirst ? 1 : -1
        case (let left?, let right?): return isDescending ? right - left : left - right
        }
    }

    /// The rows of the frame of the row at `place`.
    func frame(of place: Int, in rows: [Row]) -> [Row] {
        rows.indices.filter { other in
            isAtOrAfter(start, place, other, rows) && isAtOrBefore(end, place, other, rows)
                && !isExcluded(place, other, rows)
        }.map { rows[$0] }
    }

    private func isExcluded(_ place: Int, _ other: Int, _ rows: [Row]) -> Bool {
        let isPeer = compare(rows[place], rows[other]) == 0
        switch exclusion {
        case "CURRENT ROW": return other == place
        case "GROUP": return isPeer
        case "TIES": return isPeer && other != place
        default: return false
        }
    }

    /// How far the other row is behind the current one; nil if RANGE cannot tell.
    private func distance(_ place: Int, _ other: Int, _ rows: [Row]) -> Int? {
        switch unit {
        case "ROWS": return other - place
        case "GROUPS": return group(other, rows) - group(place, rows)
        default:
            guard let key = rows[place].key, let otherKey = rows[other].key else { return nil }
            return isDescending ? key - otherKey : otherKey - key
        }
    }

    private func group(_ place: Int, _ rows: [Row]) -> Int {
        (0..<place).count { compare(rows[$0], rows[$0 + 1]) != 0 }
    }

    private func isAtOrAfter(_ bound: Bound, _ place: Int, _ other: Int, _ rows: [Row]) -> Bool {
        let order = compare(rows[other], rows[place])
        switch bound {
        case .unbounded: return true
        case .current: return unit == "ROWS" ? other >= place : order >= 0
        case .preceding(let count): return distance(place, other, rows).map { $0 >= -count } ?? (order >= 0)
        case .following(let count): return distance(place, other, rows).map { $0 >= count } ?? (order >= 0)
        }
    }

    private func isAtOrBefore(_ bound: Bound, _ place: Int, _ other: Int, _ rows: [Row]) -> Bool {
        let order = compare(rows[other], rows[place])
        switch bound {
        case .unbounded: return true
        case .current: return unit == "ROWS" ? other <= place : order <= 0
        case .preceding(let count): return distance(place, other, rows).map { $0 <= -count } ?? (order <= 0)
        case .following(let count): return distance(place, other, rows).map { $0 <= count } ?? (order <= 0)
        }
    }

    // MARK: Functions

    /// The result of a function of the value for the row at `place`.
    func result(of function: String, _ place: Int, in rows: [Row]) throws -> Value {
        let frame = frame(of: place, in: rows)
        let values = frame.compactMap(\.value)
        let peers = rows.indices.filter { compare(rows[$0], rows[place]) == 0 }
        switch function {
        case "COUNT(*)": return .int(Int64(frame.count))
        case "COUNT(t.v)": return .int(Int64(values.count))
        case "SUM(t.v)": return values.isEmpty ? .null : .int(Int64(values.reduce(0, +)))
        case "AVG(t.v)":
            if values.isEmpty { return .null }
            return .decimal(try Number(Int64(values.reduce(0, +))).divided(by: Number(Int64(values.count))))
        case "MIN(t.v)": return value(values.min())
        case "MAX(t.v)": return value(values.max())
        case "SUM(t.v) FILTER (WHERE t.v > 4)":
            let kept = values.filter { $0 > 4 }
            return kept.isEmpty ? .null : .int(Int64(kept.reduce(0, +)))
        case "FIRST_VALUE(t.v)": return value(frame.first?.value)
        case "LAST_VALUE(t.v)": return value(frame.last?.value)
        case "NTH_VALUE(t.v, 2)": return value(frame.count > 1 ? frame[1].value : nil)
        case "FIRST_VALUE(t.v) IGNORE NULLS": return value(values.first)
        case "LAST_VALUE(t.v) IGNORE NULLS": return value(values.last)
        case "NTH_VALUE(t.v, 2) IGNORE NULLS": return value(values.count > 1 ? values[1] : nil)
        case "LAG(t.v, 2, -1)": return place >= 2 ? value(rows[place - 2].value) : .int(-1)
        case "LEAD(t.v)": return place + 1 < rows.count ? value(rows[place + 1].value) : .null
        case "LAG(t.v) IGNORE NULLS": return value(rows[..<place].compactMap(\.value).last)
        case "LEAD(t.v, 2) IGNORE NULLS": return value(rows[(place + 1)...].compactMap(\.value).dropFirst().first)
        case "ROW_NUMBER()": return .int(Int64(place + 1))
        case "RANK()": return .int(Int64(peers[0] + 1))
        case "DENSE_RANK()": return .int(Int64(group(place, rows) + 1))
        case "CUME_DIST()":
            let last = peers[peers.count - 1] + 1
            return .decimal(try Number(Int64(last)).divided(by: Number(Int64(rows.count))))
        default: return .int(Int64(tile(of: place, parts: 3, count: rows.count)))
        }
    }

    private func value(_ value: Int?) -> Value { value.map { .int(Int64($0)) } ?? .null }

    private func tile(of place: Int, parts: Int, count: Int) -> Int {
        let sizes = (0..<parts).map { count / parts + ($0 < count % parts ? 1 : 0) }
        var end = 0
        for (part, size) in sizes.enumerated() {
            end += size
            if place < end { return part + 1 }
        }
        return parts
    }

    static let functions = [
        "COUNT(*)", "COUNT(t.v)", "SUM(t.v)", "AVG(t.v)", "MIN(t.v)", "MAX(t.v)", "SUM(t.v) FILTER (WHERE t.v > 4)",
        "FIRST_VALUE(t.v)", "LAST_VALUE(t.v)", "NTH_VALUE(t.v, 2)", "FIRST_VALUE(t.v) IGNORE NULLS",
        "LAST_VALUE(t.v) IGNORE NULLS", "NTH_VALUE(t.v, 2) IGNORE NULLS", "LAG(t.v, 2, -1)", "LEAD(t.v)",
        "LAG(t.v) IGNORE NULLS", "LEAD(t.v, 2) IGNORE NULLS", "ROW_NUMBER()", "RANK()", "DENSE_RANK()", "CUME_DIST()",
        "NTILE(3)",
    ]
}
