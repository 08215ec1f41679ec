import HindsightSyntax
import HindsightValues

/// What is done to each document of a scan, on its bytes: test the pushed conditions, decode the columns that someone
/// uses.
struct RowWork {
    private let filter: DocumentFilter
    private let columns: PreparedColumns

    init(_ request: ScanRequest) {
        filter = DocumentFilter(request.conditions.map(DocumentFilter.Condition.init))
        columns = request.columns.prepared(PreparedColumns.init)
    }

    /// Adds the document's row, unless a condition is not true of it.
    ///
    /// - Returns: whether a row was added.
    @inline(__always)
    func add(_ document: RawSpan, to batch: inout RowBatch) throws(ValueError) -> Bool {
        guard try filter.matches(document) else { return false }
        let base = batch.appendRow()
        if !columns.projection.isEmpty { try columns.projection.load(document, into: &batch.values, at: base) }
        return true
    }
}

/// Columns as paths that are ready to be looked up.
private final class PreparedColumns: Sendable {
    let projection: DocumentProjection

    init(_ columns: [ScanColumn]) {
        projection = DocumentProjection(
            columns.enumerated().map { slot, column in
                DocumentProjection.Target(DocumentPath(column), slot: slot)
            })
    }
}

extension DocumentPath {
    fileprivate init(_ column: ScanColumn) {
        switch column {
        case .item: self.init([])
        case .path(let path): self.init(path)
        }
    }

    fileprivate init(_ path: ItemPath) {
        self.init(
            path.steps.map { step in
                switch step {
                case .attribute(let name, let isCaseSensitive): .attribute(name, ignoringCase: !isCaseSensitive)
                case .index(let index): .index(index)
                }
            })
    }
}

extension DocumentFilter.Condition {
    fileprivate init(_ condition: PushedCondition) {
        let test: DocumentFilter.Test =
            switch condition.test {
            case .compare(let comparison, let value): .compare(.init(comparison), value)
            case .isNull(let isNegated): .isNull(isNegated: isNegated)
            case .isMissing(let isNegated): .isMissing(isNegated: isNegated)
            case .beginsWith(let start): .beginsWith(start, isNegated: false)
            case .oneOf(let values): .isIn(values, isNegated: false)
            }
        self.init(DocumentPath(condition.path), test)
    }
}

extension DocumentFilter.Comparison {
    fileprivate init(_ comparison: ComparisonOperator) {
        self =
            switch comparison {
            case .equal: .equal
            case .notEqual: .notEqual
            case .less: .less
            case .lessOrEqual: .lessOrEqual
            case .greater: .greater
            case .greaterOrEqual: .greaterOrEqual
            }
    }
}
