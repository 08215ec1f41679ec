import HindsightStorage
import HindsightSyntax
import HindsightValues

extension ScanRequest {
    /// The commits that rows may belong to, by what the conditions say of `Version` and `Time`; perhaps more, never less.
    func commitVersions(_ reader: StoreReader) throws(StorageError) -> (from: UInt64, to: UInt64) {
        var (from, to): (UInt64, UInt64) = (0, .max)
        for condition in conditions {
            guard case .compare(let comparison, let value) = condition.test else { continue }
            let near: (before: UInt64, after: UInt64)
            if condition.path.isAttribute("Version"), let version = value.exactInteger {
                near = (UInt64(clamping: version), UInt64(clamping: version))
            } else if condition.path.isAttribute("Time"), case .timestamp(let time) = value {
                // The last commit before the microsecond that the time lies in, and the last before the one after.
                let microseconds = time.microsecondsSince1970
                near = (
                    try reader.version(atTime: max(microseconds, .min + 1) - 1),
                    try reader.version(atTime: min(microseconds, .max - 1) + 1)
                )
            } else {
                continue
            }
            if !comparison.admitsGreater { to = min(to, near.after) }
            if !comparison.admitsLess { from = max(from, near.before) }
        }
        return (from, to)
    }
}

extension ComparisonOperator {
    /// Whether values above the operand fulfil it.
    fileprivate var admitsGreater: Bool {
        switch self {
        case .equal, .less, .lessOrEqual: false
        case .notEqual, .greater, .greaterOrEqual: true
        }
    }

    /// Whether values below the operand fulfil it.
    fileprivate var admitsLess: Bool {
        switch self {
        case .equal, .greater, .greaterOrEqual: false
        case .notEqual, .less, .lessOrEqual: true
        }
    }
}
