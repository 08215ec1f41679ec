import HindsightValues

/// One function that is called with OVER only: a row of the table of window functions.
package struct WindowFunction: Sendable {
    package enum Kind: String, Sendable, Hashable, CaseIterable {
        case rowNumber = "ROW_NUMBER"
        case rank = "RANK"
        case denseRank = "DENSE_RANK"
        case percentRank = "PERCENT_RANK"
        case cumulativeDistribution = "CUME_DIST"
        case tile = "NTILE"
        case lag = "LAG"
        case lead = "LEAD"
        case firstValue = "FIRST_VALUE"
        case lastValue = "LAST_VALUE"
        case nthValue = "NTH_VALUE"

        /// IGNORE NULLS may stand behind the call.
        var takesNullTreatment: Bool {
            switch self {
            case .lag, .lead, .firstValue, .lastValue, .nthValue: true
            case .rowNumber, .rank, .denseRank, .percentRank, .cumulativeDistribution, .tile: false
            }
        }
    }

    package let kind: Kind
    package let parameters: [String]
    /// How many of the last parameters may be left out.
    let optionalCount: Int
    package let summary: String
    /// A query over a few numbers, and its answer.
    package let example: Function.Example

    package var name: String { kind.rawValue }

    package var signature: String {
        var text = name + "("
        for (index, parameter) in parameters.enumerated() {
            if index >= parameters.count - optionalCount {
                text += " [, \(parameter)]"
            } else {
                text += (index == 0 ? "" : ", ") + parameter
            }
        }
        return text + ") OVER (…)"
    }

    /// The function of this name, without regard to case.
    package static func lookup(_ name: String) -> WindowFunction? {
        Kind(rawValue: name.uppercased()).flatMap { kind in all.first { $0.kind == kind } }
    }

    private init(
        _ kind: Kind, _ parameters: [String], optional: Int = 0, _ summary: String, _ call: String,
        gives result: String
    ) {
        self.kind = kind
        self.parameters = parameters
        optionalCount = optional
        self.summary = summary
        example = Function.Example("SELECT VALUE \(call) FROM [10, 20, 20, 30, 30] AS x ORDER BY x", gives: result)
    }

    package static let all: [WindowFunction] = [
        WindowFunction(
            .rowNumber, [], "the row's number in its partition, from 1", "ROW_NUMBER() OVER (ORDER BY x)",
            gives: "[1, 2, 3, 4, 5]"),
        WindowFunction(
            .rank, [], "the number of the first row that ORDER BY does not tell from this one",
            "RANK() OVER (ORDER BY x DESC)", gives: "[5, 3, 3, 1, 1]"),
        WindowFunction(
            .denseRank, [], "the rank without gaps", "DENSE_RANK() OVER (ORDER BY x DESC)", gives: "[3, 2, 2, 1, 1]"),
        WindowFunction(
            .percentRank, [], "the part of the other rows that come before this one's rank, from 0 to 1",
            "PERCENT_RANK() OVER (ORDER BY x)", gives: "[0, 0.25, 0.25, 0.75, 0.75]"),
        WindowFunction(
            .cumulativeDistribution, [], "the part of the rows that come before this one or rank like it",
            "CUME_DIST() OVER (ORDER BY x)", gives: "[0.2, 0.6, 0.6, 1, 1]"),
        WindowFunction(
            .tile, ["count"], "the number of the row's part when the partition is cut into equal ones, from 1",
            "NTILE(2) OVER (ORDER BY x)", gives: "[1, 1, 1, 2, 2]"),
        WindowFunction(
            .lag, ["value", "offset", "default"], optional: 2,
            "the value in an earlier row, the one before without an offset", "LAG(x, 1, 0) OVER (ORDER BY x)",
            gives: "[0, 10, 20, 20, 30]"),
        WindowFunction(
            .lead, ["value", "offset", "default"], optional: 2,
            "the value in a later row, the next without an offset", "LEAD(x) OVER (ORDER BY x)",
            gives: "[20, 20, 30, 30, NULL]"),
        WindowFunction(
            .firstValue, ["value"], "the value in the frame's first row", "FIRST_VALUE(x) OVER (ORDER BY x)",
            gives: "[10, 10, 10, 10, 10]"),
        WindowFunction(
            .lastValue, ["value"], "the value in the frame's last row",
            "LAST_VALUE(x) OVER (ORDER BY x ROWS BETWEEN CURRENT ROW AND 1 FOLLOWING)", gives: "[20, 20, 30, 30, 30]"),
        WindowFunction(
            .nthValue, ["value", "n"], "the value in the frame's n-th row, counted from 1",
            "NTH_VALUE(x, 2) OVER (ORDER BY x)", gives: "[NULL, 20, 20, 20, 20]"),
    ]

    /// The names, sorted.
    package static let names: [String] = all.map(\.name).sorted()

    /// How many arguments a call may have.
    var argumentCounts: ClosedRange<Int> { parameters.count - optionalCount...parameters.count }
}
