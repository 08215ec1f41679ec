import Synchronization

@testable import HindsightQuery
@testable import HindsightStorage
@testable import HindsightSyntax
@testable import HindsightValues

/// The database that all inputs share: what an input changes is undone behind it, so that each fails alone.
struct Playground: Sendable {
    static let shared = Playground()

    private let permissive: Session
    private let strict: Session
    private let watchdog: Watchdog

    private struct Undone: Error {}

    /// Pulled rows of one statement; no find needs more.
    private static let mostRows = 50

    private init() {
        do {
            var options = StoreOptions()
            options.clock = { 1_777_636_800_000_000 }
            let provider = StorageProvider(store: try Store.inMemory(options: options))
            var settings = SessionOptions(memoryLimit: 1 << 24)
            permissive = Session(provider: provider, options: settings)
            settings.typing = .strict
            strict = Session(provider: provider, options: settings)
            for statement in Self.setUp { _ = try permissive.execute(statement) }
            watchdog = Watchdog([permissive, strict])
        } catch {
            fatalError("the playground cannot be set up: \(error)")
        }
    }

    private static let setUp = [
        "CREATE TABLE t (k NUMBER PARTITION KEY, s STRING SORT KEY) WITH (POINT_IN_TIME_RECOVERY = ON)",
        "CREATE TABLE u (id STRING PARTITION KEY)",
        "CREATE INDEX ByA ON t (a STRING PARTITION KEY, d NUMBER SORT KEY)",
        "CREATE LOCAL INDEX ByD ON t (k NUMBER PARTITION KEY, d NUMBER SORT KEY) PROJECT KEYS",
        "CREATE INDEX ByN ON u (n NUMBER PARTITION KEY) PROJECT (tags)",
        """
        INSERT INTO t <<{'k': 1, 's': 'a', 'a': 'x', 'b': [1, {'c': NULL}], 'd': 2.50},
                        {'k': 1, 's': 'b', 'a': 'y', 'b': {'c': true}, 'd': -7},
                        {'k': 2, 's': 'a', 'e': `2026-05-01T`, 'b': 'text'}>>
        """,
        "INSERT INTO u VALUE {'id': 'one', 'n': 1, 'tags': <<'p', 'q'>>}",
        """
        INSERT INTO u VALUE {'id': 'graph', 'g': {
            'nodes': [{'id': 1, 'labels': ['A', 'B'], 'payload': {'v': 1}}, {'id': 2, 'labels': 'A'}, {'id': 3, 'payload': 7}],
            'edges': [{'from': 1, 'to': 2, 'labels': ['e'], 'payload': 1}, {'from': 2, 'to': 3, 'directed': FALSE},
                      {'from': 3, 'to': 3, 'labels': ['e', 'f']}, {'from': 2, 'to': 1}]}}
        """,
        "CREATE RESTORE POINT calm",
        "UPDATE t SET d = 3 WHERE k = 1 AND s = 'a'",
        "DELETE FROM t WHERE k = 2",
    ]

    func run(_ statements: [String]) {
        for session in [permissive, strict] {
            _ = try? session.write {
                for statement in statements {
                    watchdog.watch { run(statement, session) }
                }
                throw Undone()
            }
        }
    }

    private func run(_ text: String, _ session: Session) {
        do {
            let statement = try session.prepare(text)
            let values = [Value](repeating: .int(1), count: statement.parameters.positionalCount)
            let named = statement.parameters.names.map { (name: $0, value: Value.int(2)) }
            switch try session.execute(statement, named.isEmpty ? Parameters(values) : Parameters([], named: named)) {
            case .rows(let rows):
                var count = 0
                while count < Self.mostRows, let row = try rows.next() {
                    _ = row.description
                    count += 1
                }
                rows.close()
            case .value(let value): _ = value.description
            case .changed(let summary): _ = summary.returning?.description
            case .restored, .done: break
            }
        } catch let error as QueryError {
            _ = DiagnosticRenderer(source: text).render(error.diagnostic)
        } catch {
            fatalError("\(error)")
        }
    }
}
