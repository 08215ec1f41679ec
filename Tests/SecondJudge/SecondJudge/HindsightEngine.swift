import HindsightQuery
import HindsightStorage
import HindsightSyntax
import HindsightValues

/// A database of Hindsight in memory.
struct HindsightEngine {
    private let session: Session
    /// The same tables under a memory limit that sorts, groups and joins of a few rows exceed.
    private let tightSession: Session

    /// - Throws: if a statement fails.
    init(_ statements: [String]) throws {
        let store = try Store.inMemory(options: StoreOptions())
        let provider = StorageProvider(store: store)
        session = Session(provider: provider)
        tightSession = Session(provider: provider, options: SessionOptions(memoryLimit: 2_000))
        for statement in statements { _ = try session.execute(statement) }
    }

    /// - Parameter columns: the names of the columns, in order; an attribute that is absent is NULL.
    func answer(_ text: String, columns: [String], isTight: Bool = false) -> Answer {
        do {
            guard case .rows(let rows) = try (isTight ? tightSession : session).execute(text) else {
                return .failure("no rows")
            }
            return .rows(
                try rows.collect().map { row in columns.map { Cell(row.structureValue?[$0] ?? .missing) } })
        } catch {
            let diagnostic = error.diagnostic
            let message = "\(diagnostic.code.rawValue): \(diagnostic.message)"
            switch diagnostic.code {
            case .numberOutOfRange, .memoryLimit: return .undecided(message)
            default: return .failure(message)
            }
        }
    }
}
