import Hindsight

extension Arena {
    /// Groups, joins and sorts over whole tables, against SQLite with a column for each attribute, its fastest form; by
    /// processor time.
    func analytics(into report: inout Report) throws {
        let directory = try makeDirectory("analytics")
        let ours = try Database(path: directory + "/bench.hsdb")
        let columns = try SQLiteConnection(path: directory + "/columns.sqlite")
        try load(ours)
        try load(columns)
        for work in AnalyticWork.allCases {
            report.measurements.append(
                try compare(
                    work.words, unit: "row", goal: 1.5, pieces: configuration.count, by: processorSeconds,
                    ours: { try work.answer(of: ours) }, theirs: { try work.answer(of: columns) }))
        }
        columns.close()
    }

    private var analyticRows: some Sequence<AnalyticRow> {
        let partners = shuffledNumbers(configuration.count, seed: 3)
        let serials = shuffledNumbers(configuration.count, seed: 5)
        return (0..<configuration.count).lazy.map { AnalyticRow($0, partner: partners[$0], serial: serials[$0]) }
    }

    private func load(_ database: Database) throws {
        try database.execute("CREATE TABLE facts (id NUMBER PARTITION KEY)")
        try database.execute("CREATE TABLE makers (id NUMBER PARTITION KEY)")
        let fact = try database.prepare("INSERT INTO facts VALUE ?")
        let maker = try database.prepare("INSERT INTO makers VALUE ?")
        try database.write { transaction in
            for row in analyticRows { try transaction.execute(fact.bind(item: EncodedItem(json: row.json))) }
            for number in 0..<AnalyticRow.makerCount {
                try transaction.execute(maker.bind(item: EncodedItem(json: AnalyticRow.makerJSON(number))))
            }
        }
    }

    private func load(_ connection: SQLiteConnection) throws {
        try connection.run(
            """
            CREATE TABLE facts (
                id INTEGER PRIMARY KEY, maker INTEGER, partner INTEGER, serial INTEGER, category TEXT, bucket INTEGER,
                price INTEGER, title TEXT);
            CREATE TABLE makers (id INTEGER PRIMARY KEY, code INTEGER, rank INTEGER);
            """)
        let fact = try connection.prepare("INSERT INTO facts VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
        let maker = try connection.prepare("INSERT INTO makers VALUES (?, ?, ?)")
        try connection.transaction {
            for row in analyticRows {
                let integers = [(1, row.number), (2, row.maker), (3, row.partner), (4, row.serial), (6, row.bucket)]
                for (index, integer) in integers + [(7, row.price)] { fact.bind(Int64(integer), at: Int32(index)) }
                fact.bind(row.category, at: 5)
                fact.bind(row.title, at: 8)
                _ = try fact.step()
            }
            for number in 0..<AnalyticRow.makerCount {
                for (index, integer) in [(1, number), (2, number), (3, number % 97)] {
                    maker.bind(Int64(integer), at: Int32(index))
                }
                _ = try maker.step()
            }
        }
    }
}

extension AnalyticWork {
    /// A checksum over the answer, in which the order of the rows counts if the statement gives one.
    fileprivate func answer(of database: Database) throws -> Int64 {
        let statement = try database.prepare(rawValue)
        return try database.read { reader in
            var checksum: Int64 = 0
            try reader.forEachRow(statement.bind()) { row in
                if isOrdered || self == .manyGroups {
                    let (_, second, third) = try row.values(as: (Int, Int64, Int64).self)
                    add(second, third, to: &checksum)
                } else {
                    add(
                        row["b"].flatMap(Int64.init(exactly:)) ?? 0, row["c"].flatMap(Int64.init(exactly:)) ?? 0,
                        to: &checksum)
                }
            }
            return checksum
        }
    }

    fileprivate func answer(of connection: SQLiteConnection) throws -> Int64 {
        let statement = try connection.prepare(rawValue)
        var checksum: Int64 = 0
        while try statement.step() { add(statement.integer(1), statement.integer(2), to: &checksum) }
        return checksum
    }

    private func add(_ second: Int64, _ third: Int64, to checksum: inout Int64) {
        checksum = (isOrdered ? checksum &* 31 : checksum) &+ second &* 7 &+ third
    }
}
