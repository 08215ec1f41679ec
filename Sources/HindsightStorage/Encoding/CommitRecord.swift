import HindsightKeyValue

/// What `commits` keeps of a commit.
///
///     0      1            9             10
///     +------+------------+-------------+------+---------+-----------+--------+------------------------------+
///     | form | time       | hash length | hash | digest  | total     | text   | keyspaces                    |
///     | 1    | 8, LE      | 1           |      | as hash | packed    | counted| count, (keyspace, changes)…  |
///     +------+------------+-------------+------+---------+-----------+--------+------------------------------+
///
/// - time: microseconds since 1970; greater than that of the commit before.
/// - digest: covers what the commit has written, see `ChangeDigest`.
/// - hash: of the previous commit's hash, this version, time, digest, text and keyspaces. So the newest hash vouches for
///   every commit before it. Its length stands there so that a stronger hash can follow in the same form.
/// - total: changes in all commits up to this one.
/// - text: of the statement, cut at a character so that it has at most `Limits.statementTextBytes`.
struct CommitRecord: Equatable {
    var time: Int64
    var hash: Hash128
    var digest: Hash128
    var totalChanges: UInt64
    var statement: String
    var changes: [KeyspaceChanges]

    struct KeyspaceChanges: Equatable {
        let keyspace: UInt32
        let count: UInt32
    }

    private static let form: UInt8 = 1
    private static let hashLength = 16

    /// The time alone, for the search by time.
    static func time(of bytes: RawSpan) throws(MalformedBytes) -> Int64 {
        var reader = ByteReader(bytes)
        guard try reader.byte() == form else { throw MalformedBytes() }
        return Int64(bitPattern: try reader.fixed64())
    }

    init(
        time: Int64, hash: Hash128, digest: Hash128, totalChanges: UInt64, statement: String,
        changes: [KeyspaceChanges]
    ) {
        self.time = time
        self.hash = hash
        self.digest = digest
        self.totalChanges = totalChanges
        self.statement = statement
        self.changes = changes
    }

    init(_ bytes: RawSpan) throws(MalformedBytes) {
        var reader = ByteReader(bytes)
        guard try reader.byte() == Self.form else { throw MalformedBytes() }
        time = Int64(bitPattern: try reader.fixed64())
        guard Int(try reader.byte()) == Self.hashLength else { throw MalformedBytes() }
        hash = try reader.hash()
        digest = try reader.hash()
        totalChanges = try reader.integer()
        statement = try reader.text()
        let count = try reader.integer(as: UInt32.self)
        var changes: [KeyspaceChanges] = []
        for _ in 0..<count {
            let keyspace = try reader.integer(as: UInt32.self)
            changes.append(KeyspaceChanges(keyspace: keyspace, count: try reader.integer(as: UInt32.self)))
        }
        self.changes = changes
    }

    func encode(to bytes: inout [UInt8]) {
        bytes.append(Self.form)
        bytes.appendLittleEndian(UInt64(bitPattern: time))
        bytes.append(UInt8(Self.hashLength))
        bytes.append(hash)
        bytes.append(digest)
        bytes.appendPacked(totalChanges)
        bytes.appendText(statement)
        bytes.appendPacked(changes.count)
        for change in changes {
            bytes.appendPacked(change.keyspace)
            bytes.appendPacked(change.count)
        }
    }
}

extension [UInt8] {
    fileprivate mutating func append(_ hash: Hash128) {
        appendLittleEndian(hash.low)
        appendLittleEndian(hash.high)
    }
}

extension ByteReader {
    @_lifetime(self: copy self)
    fileprivate mutating func hash() throws(MalformedBytes) -> Hash128 {
        let low = try fixed64()
        return Hash128(low: low, high: try fixed64())
    }
}
