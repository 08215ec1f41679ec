import Hindsight

extension Arena {
    /// Parsing, the plan cache, and binding and planning; by processor time.
    func syntax(into report: inout Report) throws {
        let script = Self.ordinaryScript
        let parsing = try (0..<configuration.rounds).map { _ in
            try processorSeconds { _ = try Statement.script(script) }
        }
        report.facts["parsing a script of ordinary statements, MB/s (goal 30)"] =
            Double(script.utf8.count) / 1e6 / median(parsing)

        let database = try Database.inMemory()
        let session = database.makeSession()
        _ = try session.execute("CREATE TABLE Music (Artist STRING PARTITION KEY, Title STRING SORT KEY)")
        let calls = 20_000
        func microseconds(_ text: (Int) -> String) throws -> Double {
            // Made before the clock runs.
            let times = try (0..<configuration.rounds).map { round in
                let texts = (0..<calls).map { text(round * calls + $0) }
                return try processorSeconds { for text in texts { _ = try session.prepare(text) } } * 1e6
                    / Double(calls)
            }
            return median(times)
        }
        let point = "SELECT Title, Year FROM Music WHERE Artist = ? AND Title = ?"
        report.facts["a repeated text: finding its plan, µs"] = try microseconds { _ in point }
        let whole = try microseconds { "SELECT Title, Year AS y\($0) FROM Music WHERE Artist = ? AND Title = ?" }
        report.facts["a new text of a point read: parsing, binding, planning, µs"] = whole
        let texts = (0..<calls).map { "SELECT Title, Year AS y\($0) FROM Music WHERE Artist = ? AND Title = ?" }
        let parse = try processorSeconds { for text in texts { _ = try Statement.script(text) } } * 1e6 / Double(calls)
        report.facts["a point read: parsing, µs"] = parse
        report.facts["a point read: binding and planning, µs (goal 10)"] = whole - parse
    }

    /// Some megabytes of statements as programs and scripts have them.
    private static let ordinaryScript = String(
        repeating: """
            CREATE TABLE Music (Artist STRING PARTITION KEY, Title STRING SORT KEY) WITH (POINT_IN_TIME_RECOVERY = ON);
            INSERT INTO Music <<
                {'Artist': 'Björk', 'Title': 'Jóga', 'Year': 1997, 'Tags': ['art pop']},
                {'Artist': 'Nina Simone', 'Title': 'Sinnerman', 'Year': 1965, 'Length': {'minutes': 10, 'seconds': 22}}
            >>;
            -- what was there before
            SELECT m.Title, m.Length.minutes FROM Music AS OF '2026-05-01T12:00:00Z' AS m WHERE m.Artist = 'Nina Simone';
            UPDATE Music SET Plays = Plays + 1, Rating = 4.5 WHERE Artist = 'Björk' AND Title = 'Jóga' RETURNING ALL NEW *;
            SELECT Artist, COUNT(*) AS n, AVG(m.Price) AS price FROM Music AS m LEFT JOIN Labels AS l ON m.Label = l.Name
            WHERE m.Year BETWEEN 1960 AND 1999 AND l.Country IN ('IS', 'US') GROUP BY m.Artist HAVING COUNT(*) > 2
            ORDER BY n DESC LIMIT 10;
            DELETE FROM Music WHERE Artist = ? AND Title = ?;

            """, count: 4_000)
}
