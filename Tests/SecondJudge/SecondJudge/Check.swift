/// A way to judge an answer.
enum Check: String, Sendable, CaseIterable {
    /// SQLite's answer to the same query.
    case sqlite = "SQLite"
    /// The answer with conditions that the planner cannot look into.
    case obscured = "hidden conditions"
    /// The answer from tables as they were before a change.
    case past = "AS OF"
    /// The answer under a small memory limit.
    case tight = "a small memory limit"
    /// The rows for which the condition is true, false, and neither, against all rows.
    case partitions = "partitions of WHERE"
}

/// Two answers that should be one.
struct Mismatch {
    let check: Check
    let questions: (Question, Question)
    let answers: (Answer, Answer)
}

/// A query as it is put to an engine.
struct Question {
    let engine: String
    let text: String
    /// Answers with the values of the named columns.
    let ask: (_ columns: [String]) -> Answer
}

/// The engines over one world.
struct Bench {
    let world: World
    let hindsight: HindsightEngine
    let sqlite: SQLiteEngine?

    init(_ world: World) throws {
        self.world = world
        hindsight = try HindsightEngine(world.hindsightStatements())
        sqlite = world.isMixed ? nil : try SQLiteEngine(world.sqliteStatements())
    }

    /// The checks that can be made of a query.
    func checks(_ query: Query) -> [Check] {
        Check.allCases.filter { check in
            switch check {
            case .sqlite: sqlite != nil
            case .partitions: query.partitions != nil
            default: true
            }
        }
    }

    func mismatch(_ query: Query, _ check: Check) -> Mismatch? {
        let columns = query.columns.map(\.name)
        let (one, two) = questions(query, check)
        let answers = (one.ask(columns), two.ask(columns))
        if answers.0.agrees(with: answers.1, orderedBy: query.orderedPlaces) { return nil }
        return Mismatch(check: check, questions: (one, two), answers: answers)
    }

    private func questions(_ query: Query, _ check: Check) -> (Question, Question) {
        switch check {
        case .sqlite:
            let text = Printer(language: .sqlite).text(query)
            return (
                question(query),
                Question(engine: "SQLite", text: text) { _ in
                    sqlite?.answer(text) ?? .undecided("SQLite has no such tables")
                }
            )
        case .obscured: return (question(query), question(query, .obscured))
        case .past: return (question(query), question(query, Variant(tablePrefix: "h", moment: " AS OF was")))
        case .tight: return (question(query), question(query, isTight: true))
        case .partitions:
            let (whole, parts) = query.partitions ?? (query, query)
            return (question(whole), question(parts))
        }
    }

    private func question(_ query: Query, _ variant: Variant = .plain, isTight: Bool = false) -> Question {
        let text = Printer(language: .hindsight, variant: variant).text(query)
        return Question(engine: isTight ? "Hindsight with little memory" : "Hindsight", text: text) { columns in
            hindsight.answer(text, columns: columns, isTight: isTight)
        }
    }
}
