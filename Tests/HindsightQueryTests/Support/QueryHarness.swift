import HindsightStorage
import HindsightSyntax
import HindsightValues
import Synchronization
import Testing

@testable import HindsightQuery

/// A session over tables in memory.
struct QueryHarness: StatementRunning {
    let tables = MemoryTables()
    let session: Session

    init(options: SessionOptions = SessionOptions()) {
        session = Session(provider: tables, options: options)
    }
}

/// A session over stored tables, with a clock that stands still until it is moved.
struct StoreHarness: StatementRunning {
    let store: Store
    let clock: TestClock
    let session: Session

    init(options: SessionOptions = SessionOptions()) throws {
        let clock = TestClock()
        var storeOptions = StoreOptions()
        storeOptions.clock = { clock.now }
        store = try Store.inMemory(options: storeOptions)
        self.clock = clock
        session = Session(provider: StorageProvider(store: store), options: options)
    }
}

final class TestClock: Sendable {
    private let microseconds = Atomic<Int64>(MemoryTables.start)

    var now: Int64 { microseconds.load(ordering: .relaxed) }

    func advance(seconds: Int64) {
        microseconds.add(seconds * 1_000_000, ordering: .relaxed)
    }
}

/// Short ways to run statements and look at what they give.
protocol StatementRunning {
    var session: Session { get }
}

extension StatementRunning {
    /// Runs statements for their effect.
    func run(_ statements: String...) throws {
        for statement in statements { _ = try session.execute(statement) }
    }

    /// The result as text: a query's rows as literals, a change as its count, and nothing else as "done".
    func result(_ text: String, _ parameters: Parameters = .none) throws -> [String] {
        switch try session.execute(text, parameters) {
        case .rows(let rows): return try rows.collect().map(\.description)
        case .value(let value): return [value.description]
        case .changed(let summary):
            return ["\(summary.count) changed"] + (summary.returning ?? []).map(\.description)
        case .restored, .done: return ["done"]
        }
    }

    /// The rows of a query without order, sorted as text.
    func bag(_ text: String, _ parameters: Parameters = .none) throws -> [String] {
        try result(text, parameters).sorted()
    }

    /// The lines of EXPLAIN.
    func plan(_ text: String) throws -> [String] {
        guard case .rows(let rows) = try session.execute("EXPLAIN " + text) else { return [] }
        return try rows.collect().map { $0.structureValue?["plan"]?.text ?? "" }
    }

    /// The diagnostic that a statement fails with, and the words that it points at.
    func failure(_ text: String, _ parameters: Parameters = .none) -> (code: DiagnosticCode, words: String)? {
        do {
            if case .rows(let rows) = try session.execute(text, parameters) { _ = try rows.collect() }
            return nil
        } catch {
            let bytes = Array(text.utf8)
            let range = error.diagnostic.span?.range ?? 0..<0
            let words = range.upperBound <= bytes.count ? String(decoding: bytes[range], as: UTF8.self) : "?"
            return (error.diagnostic.code, words)
        }
    }

    /// DynamoDB's sample table, without what the tests do not look at.
    func makeCatalog() throws {
        try run(
            "CREATE TABLE ProductCatalog (Id NUMBER PARTITION KEY)",
            """
            INSERT INTO ProductCatalog <<
                {'Id': 101, 'Title': 'Book 101', 'Price': 2, 'Authors': ['Author1'], 'Category': 'Book',
                 'Dimensions': {'Width': 8.5, 'Height': 11}},
                {'Id': 102, 'Title': 'Book 102', 'Price': 20, 'Authors': ['Author1', 'Author2'], 'Category': 'Book'},
                {'Id': 103, 'Title': 'Book 103', 'Price': 2000, 'Authors': ['Author1', 'Author2'], 'Category': 'Book'},
                {'Id': 201, 'Title': 'Bike 201', 'Price': 100, 'Color': ['Red', 'Black'], 'Category': 'Bicycle'},
                {'Id': 202, 'Title': 'Bike 202', 'Price': 200, 'Color': ['Green', 'Black'], 'Category': 'Bicycle'},
                {'Id': 203, 'Title': 'Bike 203', 'Color': ['Red'], 'Category': 'Bicycle'}
            >>
            """)
    }

    func makeMusic() throws {
        try run(
            "CREATE TABLE Music (Artist STRING PARTITION KEY, SongTitle STRING SORT KEY)",
            """
            INSERT INTO Music <<
                {'Artist': 'Acme Band', 'SongTitle': 'Happy Day', 'Year': 2015},
                {'Artist': 'Acme Band', 'SongTitle': 'Look Out', 'Year': 2016},
                {'Artist': 'Acme Band', 'SongTitle': 'PartiQL Rocks', 'Year': 2020},
                {'Artist': 'No One You Know', 'SongTitle': 'Call Me Today', 'Year': 2011}
            >>
            """)
    }
}
