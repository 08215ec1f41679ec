import HindsightSyntax
import HindsightValues

/// A moment as a statement names it, with its expressions bound; a version only once the statement runs.
struct BoundMoment: Sendable {
    enum Kind: Sendable {
        case fixed(Moment)
        /// ISO 8601 text, an age as text (`'-10m'`), a timestamp or date, or seconds since 1970.
        case expression(BoundExpression)
        /// An interval before the time of the statement.
        case ago(BoundExpression)
    }

    let kind: Kind
    let span: SourceSpan
}

extension StatementBinder {
    func bind(_ point: TimePoint, in scope: Scope) throws(QueryError) -> BoundMoment {
        let kind: BoundMoment.Kind =
            switch point.kind {
            case .latest: .fixed(.latest)
            case .earliest: .fixed(.earliest)
            case .restorePoint(let name): .fixed(.restorePoint(name.text))
            case .expression(let expression): .expression(try bind(expression, in: scope))
            case .ago(let interval): .ago(try bind(interval, in: scope))
            }
        return BoundMoment(kind: kind, span: point.span)
    }
}
