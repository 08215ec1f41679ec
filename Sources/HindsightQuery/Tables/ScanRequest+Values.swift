import HindsightSyntax
import HindsightValues

// What a table does for a request whose items are values and not stored bytes: computed tables, and the collections of a
// host program.

extension ScanRequest {
    /// Adds the row of an item, unless a condition is not true of it.
    ///
    /// - Returns: whether a row was added.
    @discardableResult
    package func add(_ item: Structure, to batch: inout RowBatch) -> Bool {
        guard conditions.allSatisfy({ $0.isTrue(of: item) }) else { return false }
        let base = batch.appendRow()
        for (index, column) in columns.list.enumerated() {
            batch.values[base + index] =
                switch column {
                case .item: .structure(item)
                case .path(let path): item.value(at: path) ?? .missing
                }
        }
        return true
    }
}

extension PushedCondition {
    package func isTrue(of item: Structure) -> Bool {
        let value = item.value(at: path) ?? .missing
        switch test {
        case .isNull(let isNegated): return value.isAbsent != isNegated
        case .isMissing(let isNegated): return value.isMissing != isNegated
        case .oneOf(let values): return !value.isAbsent && values.contains { $0.isEqual(to: value) }
        case .beginsWith(let start): return value.begins(with: start)
        case .compare(let operation, let operand):
            if value.isAbsent || operand.isAbsent { return false }
            guard let order = value.order(to: operand) else { return operation == .notEqual }
            switch operation {
            case .equal: return order == 0
            case .notEqual: return order != 0
            case .less: return order < 0
            case .lessOrEqual: return order <= 0
            case .greater: return order > 0
            case .greaterOrEqual: return order >= 0
            }
        }
    }
}

extension Value {
    /// Below, at or above zero; nil for values that are neither equal nor in an order.
    fileprivate func order(to other: Value) -> Int? {
        if isNaN || other.isNaN { return nil }
        if let order = Value.comparable(self, other) { return order }
        return isEqual(to: other) ? 0 : nil
    }

    private var isNaN: Bool {
        if case .float(let float) = self { float.isNaN } else { false }
    }

    fileprivate func begins(with start: Value) -> Bool {
        switch (self, start) {
        case (.blob(let bytes), .blob(let first)): return bytes.starts(with: first)
        default:
            guard let text = stringValue, let first = start.stringValue else { return false }
            return text.utf8.starts(with: first.utf8)
        }
    }
}
