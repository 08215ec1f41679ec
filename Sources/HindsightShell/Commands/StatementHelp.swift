/// Help on one statement: what it does, how it is written, an example.
struct StatementHelp: Sendable {
    let keywords: [String]
    let summary: String
    let syntax: [String]
    let example: [String]

    static let all: [StatementHelp] = [
        StatementHelp(
            keywords: ["SELECT", "FROM", "WHERE"],
            summary: "Reads items, now or as of any moment that is kept.",
            syntax: [
                "SELECT item, … | * | VALUE expression FROM table [AS OF time] [AS] alias, …",
                "[WHERE condition] [GROUP BY …] [HAVING …] [ORDER BY …] [LIMIT n] [OFFSET n];",
            ],
            example: ["SELECT Title, Price FROM ProductCatalog WHERE Price > 100 ORDER BY Price;"]),
        StatementHelp(
            keywords: ["MATCH"],
            summary: "Finds a pattern of nodes and edges in a graph; a bag with one struct for each place.",
            syntax: [
                "FROM graph MATCH path [AS] alias, …    or a value: (graph MATCH path, … [WHERE condition])",
                "path: [ANY | ALL SHORTEST | …] [WALK | TRAIL | ACYCLIC | SIMPLE] (a:Label WHERE …)-[e:Label]->(b) …",
                "edges: -> <- - ~ ~> <~ <->    labels: | & ! %    repeated: * + ? {m,n}",
            ],
            example: [
                "SELECT a FROM GRAPH({'nodes': [{'id': 1, 'payload': 'x'}], 'edges': []}) MATCH (a);",
                "SELECT m.b FROM Networks AS n, n.Graph MATCH ANY SHORTEST (a WHERE a.Name = 'Ann')->+(b) AS m;",
            ]),
        StatementHelp(
            keywords: ["OVER", "WINDOW"],
            summary: "Computes a value from the rows around each row: ranks, running sums, values of other rows.",
            syntax: [
                "SELECT function(…) [FILTER (WHERE condition)] [IGNORE NULLS] OVER name | (window), … FROM …",
                "[WINDOW name AS (window), …]",
                "window: [name] [PARTITION BY …] [ORDER BY …] [ROWS | RANGE | GROUPS BETWEEN start AND end [EXCLUDE …]]",
            ],
            example: [
                "SELECT Id, RANK() OVER (PARTITION BY ProductCategory ORDER BY Price DESC) AS place FROM ProductCatalog;"
            ]),
        StatementHelp(
            keywords: ["AS OF"],
            summary: "Reads a table as it was: a time, an age, LATEST, EARLIEST, or the name of a restore point.",
            syntax: ["SELECT … FROM table AS OF time …"],
            example: [
                "SELECT * FROM ProductCatalog AS OF '2026-05-01T12:00:00Z';",
                "SELECT * FROM ProductCatalog AS OF '-10m';",
            ]),
        StatementHelp(
            keywords: ["VERSIONS"],
            summary: "Reads all that the items of a table were in a period, with $version, $change, $from and $to.",
            syntax: ["SELECT … FROM table VERSIONS BETWEEN time AND time [AS] alias …"],
            example: [
                "SELECT * FROM Music VERSIONS BETWEEN EARLIEST AND LATEST WHERE Artist = 'Björk' AND SongTitle = 'Jóga';"
            ]),
        StatementHelp(
            keywords: ["DIFF"],
            summary: "Tells which items differ between two moments of a table, or between two tables, and in what.",
            syntax: ["DIFF TABLE table [AS OF time] [WITH [table] [AS OF time]];    also a source in FROM"],
            example: [
                "DIFF TABLE Music AS OF '-1h';",
                "SELECT d.op, d.key, d.changed FROM DIFF TABLE Music WITH MusicPITR AS d;",
            ]),
        StatementHelp(
            keywords: ["TIMELINE"],
            summary: "Shows how much of a table was inserted, updated and deleted over time.",
            syntax: ["SHOW TIMELINE OF table [BETWEEN time AND time];"],
            example: ["SHOW TIMELINE OF Music BETWEEN '-1h' AND LATEST;"]),
        StatementHelp(
            keywords: ["INSERT", "UPSERT", "REPLACE"],
            summary: "Adds items. INSERT fails on an existing key, UPSERT merges into its item, REPLACE replaces it.",
            syntax: [
                "INSERT INTO table [(names)] VALUE {…}; or << {…}, … >>; or VALUES (…), …; or a query",
                "    [ON CONFLICT DO NOTHING | REPLACE EXCLUDED | UPDATE EXCLUDED | UPDATE SET … [WHERE condition]]",
                "    [RETURNING ALL|MODIFIED OLD|NEW * | expression, …];",
            ],
            example: ["INSERT INTO ProductCatalog VALUE {'Id': 101, 'Title': 'Book 101 Title', 'Price': 2};"]),
        StatementHelp(
            keywords: ["UPDATE"],
            summary: "Changes attributes of items.",
            syntax: [
                "UPDATE table SET path = expression, … REMOVE path, … [WHERE condition]",
                "    [RETURNING ALL|MODIFIED OLD|NEW * | expression, …];",
            ],
            example: ["UPDATE ProductCatalog SET Price = Price + 1 REMOVE Draft WHERE Id = 101;"]),
        StatementHelp(
            keywords: ["DELETE"],
            summary: "Removes items.",
            syntax: ["DELETE FROM table [WHERE condition] [RETURNING ALL OLD * | expression, …];"],
            example: ["DELETE FROM ProductCatalog WHERE Id = 101;"]),
        StatementHelp(
            keywords: ["CREATE", "TABLE"],
            summary:
                "Makes a table with a partition key and perhaps a sort key; or names the present as a restore point.",
            syntax: [
                "CREATE TABLE table (name STRING|NUMBER|BINARY PARTITION KEY [, name type SORT KEY]);",
                "CREATE RESTORE POINT name;",
            ],
            example: ["CREATE TABLE Music (Artist STRING PARTITION KEY, SongTitle STRING SORT KEY);"]),
        StatementHelp(
            keywords: ["ALTER"],
            summary:
                "Starts and stops keeping a table's past, and changes its settings. Stopping drops what was kept; NULL takes a "
                + "setting away.",
            syntax: [
                "ALTER TABLE table SET POINT_IN_TIME_RECOVERY ON [WITH RETENTION n DAYS] | OFF;",
                "ALTER TABLE table SET (setting = value, …);",
                "ALTER TABLE table SET (TAGS = {'key': 'value', …}, STREAM = ON | OFF);",
            ],
            example: ["ALTER TABLE Music SET POINT_IN_TIME_RECOVERY ON WITH RETENTION 7 DAYS;"]),
        StatementHelp(
            keywords: ["DROP"],
            summary: "Removes a table or a restore point.",
            syntax: ["DROP TABLE table;", "DROP RESTORE POINT name;"],
            example: ["DROP TABLE Music;"]),
        StatementHelp(
            keywords: ["RESTORE"],
            summary: "Makes a new table as another was; both can be read and written at once.",
            syntax: [
                "RESTORE TABLE table TO newTable AT time | FROM BACKUP backup",
                "[WITHOUT INDEXES | WITH INDEXES (index, …)] [WITH (setting = value, …)];",
            ],
            example: ["RESTORE TABLE Music TO MusicPITR AT LATEST;"]),
        StatementHelp(
            keywords: ["BACKUP", "UNDROP"],
            summary:
                "Keeps a table as it is now, until the backup is dropped, whatever becomes of the table. A dropped table "
                + "whose recovery was on comes back with UNDROP, for 35 days.",
            syntax: [
                "CREATE BACKUP backup OF table;", "DROP BACKUP backup [OF table];",
                "RESTORE TABLE table TO newTable FROM BACKUP backup;", "UNDROP TABLE table [AS newTable];",
                "SHOW BACKUPS [OF table];",
            ],
            example: ["CREATE BACKUP beforeMigration OF Music;"]),
        StatementHelp(
            keywords: ["REVERT"],
            summary:
                "Puts the items of a table back to what they were, all or those that match, then or now. It is a change "
                + "like any other: REVERT again takes it back.",
            syntax: [
                "REVERT TABLE table TO time [WHERE condition];", "EXPLAIN REVERT TABLE …; -- shows what it would do",
            ],
            example: ["REVERT TABLE Music TO '-10m' WHERE Artist = 'Björk';"]),
        StatementHelp(
            keywords: ["EXPORT"],
            summary:
                "Writes items, or what was done to them in a period, into files: in the folders and forms of DynamoDB's "
                + "exports, or as JSON lines or CSV. Nothing is written over.",
            syntax: [
                "EXPORT TABLE table [AS OF time | CHANGES BETWEEN time AND time] [WHERE condition] TO 'folder or file'",
                "[FORMAT DYNAMODB_JSON | ION | JSON | CSV] [VIEW NEW_AND_OLD_IMAGES | NEW_IMAGE];",
            ],
            example: ["EXPORT TABLE Music AS OF '-1d' TO 'music.json';"]),
        StatementHelp(
            keywords: ["PLAN", "PLANS"],
            summary:
                "Makes backups of tables by schedule, when the database is opened, after commits, and by `.maintain` or "
                + "`pq maintain FILE`. A time that has passed is caught up once.",
            syntax: [
                "CREATE BACKUP PLAN [IF NOT EXISTS] plan OF table, … EVERY n DAYS | SCHEDULE 'cron(0 5 ? * * *)'",
                "[KEEP n DAYS] [COPY TO 'other.hsdb' [KEEP n DAYS]];",
                "DROP BACKUP PLAN [IF EXISTS] plan;    SHOW BACKUP PLANS;",
            ],
            example: ["CREATE BACKUP PLAN nightly OF Music EVERY 1 DAY KEEP 30 DAYS;"]),
        StatementHelp(
            keywords: ["IMPORT"],
            summary:
                "Puts the items of a file, a folder or an export into a table, all or none; gzip and the format are "
                + "recognised.",
            syntax: ["IMPORT INTO table FROM 'file or folder' [FORMAT DYNAMODB_JSON | ION | JSON | CSV | CSV_TEXT];"],
            example: ["IMPORT INTO Music FROM 'music.json';"]),
        StatementHelp(
            keywords: ["BEGIN", "COMMIT", "ROLLBACK"],
            summary: "Makes one transaction of several statements. A statement that fails undoes itself only.",
            syntax: ["BEGIN; … COMMIT;", "BEGIN; … ROLLBACK;"],
            example: ["BEGIN;", "UPDATE Music SET Price = 2;", "COMMIT;"]),
        StatementHelp(
            keywords: ["SHOW", "DESCRIBE"],
            summary: "Lists what there is; each is short for a SELECT from a table of the schema SYSTEM.",
            syntax: ["SHOW TABLES;", "DESCRIBE table;"],
            example: ["DESCRIBE Music;"]),
        StatementHelp(
            keywords: ["INDEX", "INDEXES"],
            summary: "Makes or drops a secondary index, which is read as table.index, at any time, and used by itself.",
            syntax: [
                "CREATE [GLOBAL | LOCAL] INDEX [IF NOT EXISTS] index ON table (name type PARTITION KEY [, name type SORT KEY])",
                "[PROJECT ALL | KEYS | (name, …)];",
                "DROP INDEX [IF EXISTS] index ON table;    SHOW INDEXES [OF table];",
            ],
            example: [
                "CREATE INDEX ByGenre ON Music (Genre STRING PARTITION KEY, Price NUMBER SORT KEY);",
                "SELECT * FROM Music.ByGenre WHERE Genre = 'Rock';",
            ]),
        StatementHelp(
            keywords: ["VERIFY"],
            summary: "Reads all that is stored, and compares it with its checksums and with the hashes of the commits.",
            syntax: ["VERIFY [TABLE table];"],
            example: ["VERIFY;"]),
        StatementHelp(
            keywords: ["VACUUM"],
            summary:
                "Gives space that nothing needs any more back to the file system. Nobody else may have the file open.",
            syntax: ["VACUUM;"],
            example: ["VACUUM;"]),
        StatementHelp(
            keywords: ["EXPLAIN"],
            summary: "Shows the plan of a statement without running it.",
            syntax: ["EXPLAIN statement;"],
            example: ["EXPLAIN SELECT * FROM Music WHERE Artist = 'Björk';"]),
    ]
}
