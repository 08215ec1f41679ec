/// Makes a query and its tables smaller while two answers to it still differ.
struct Shrinker {
    private(set) var world: World
    private(set) var query: Query
    private(set) var mismatch: Mismatch
    /// How many smaller queries may still be tried.
    private var attempts = 3_000

    init(world: World, query: Query, mismatch: Mismatch) {
        self.world = world
        self.query = query
        self.mismatch = mismatch
    }

    mutating func run() {
        var isSmaller = true
        while isSmaller {
            isSmaller = shrinkQuery()
            if shrinkWorld() { isSmaller = true }
        }
    }

    private mutating func shrinkQuery() -> Bool {
        guard var bench = try? Bench(world) else { return false }
        var isSmaller = false
        while let (smaller, found) = query.reductions.firstMap({ tried($0, &bench) }) {
            (query, mismatch, isSmaller) = (smaller, found, true)
        }
        return isSmaller
    }

    private mutating func tried(_ candidate: Query, _ bench: inout Bench) -> (Query, Mismatch)? {
        guard attempts > 0, candidate.size < query.size else { return nil }
        attempts -= 1
        return bench.mismatch(candidate, mismatch.check).flatMap { isAlike($0) ? (candidate, $0) : nil }
    }

    private mutating func shrinkWorld() -> Bool {
        var isSmaller = false
        while let (smaller, found) = world.reductions.firstMap({ judged($0) }) {
            (world, mismatch, isSmaller) = (smaller, found, true)
        }
        return isSmaller
    }

    private mutating func judged(_ candidate: World) -> (World, Mismatch)? {
        guard attempts > 0, let bench = try? Bench(candidate) else { return nil }
        attempts -= 1
        return bench.mismatch(query, mismatch.check).flatMap { isAlike($0) ? (candidate, $0) : nil }
    }

    /// A query that lost too much fails in one engine or both: that is another fault than two different answers.
    private func isAlike(_ other: Mismatch) -> Bool {
        mismatch.answers.0.fault == other.answers.0.fault && mismatch.answers.1.fault == other.answers.1.fault
    }
}

extension Answer {
    /// The message of an error.
    fileprivate var fault: String? {
        if case .failure(let message) = self { message } else { nil }
    }
}

extension Query {
    /// The length of its text: what shrinking makes less.
    fileprivate var size: Int { Printer(language: .hindsight).text(self).utf8.count }
}

extension World {
    fileprivate var reductions: [World] {
        tables.indices.flatMap { index in
            tables[index].rows.indices.map { row in
                var world = self
                world.tables[index].rows.remove(at: row)
                return world
            }
        }
    }
}

extension Sequence {
    /// The first result that is not nil.
    fileprivate func firstMap<R>(_ body: (Element) -> R?) -> R? {
        for element in self {
            if let result = body(element) { return result }
        }
        return nil
    }
}
