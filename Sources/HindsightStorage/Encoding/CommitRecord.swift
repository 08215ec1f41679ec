import HindsightKeyValue

/// What `commits` keeps of a commit.
///
///     0      1            9       41
///     +------+------------+-------+---------+---------+-------------------------------------+---------------+-------+
///     | form | time       | hash  | total   | text    | keyspaces                           | [definitions] | seal  |
///     | 1    | 8, LE      | 32    | packed  | counted | count, (keyspace, changes, digest)… | 1, 32         | 4, LE |
///     +------+------------+-------+---------+---------+-------------------------------------+---------------+-------+
///
/// - time: microseconds since 1970; greater than that of the commit before.
/// - hash: of this version, and of this record up to its seal, with the hash of the commit before in the place of its own.
///   So the newest hash vouches for every commit before it. The seal tells damage from tampering.
/// - total: changes in all commits up to this one.
/// - text: of the statement, cut at a character so that it has at most `Limits.statementTextBytes`.
/// - keyspaces: keyspace and changes packed; digest: 32 bytes, see `ChangeDigest`.
/// - definitions: 1 and 32 bytes if the commit has changed the catalog, see `DefinitionDigest`; else 0.
struct CommitRecord: Equatable {
    var time: Int64
    var hash: Hash256
    var totalChanges: UInt64
    var statement: String
    var changes: [KeyspaceChanges]
    var definitions: Hash256?

    struct KeyspaceChanges: Equatable {
        let keyspace: UInt32
        let count: UInt32
        let digest: Hash256
    }

    private static let form: UInt8 = 2

    /// The time alone, for the search by time.
    static func time(of bytes: RawSpan) throws(MalformedBytes) -> Int64 {
        var reader = ByteReader(bytes)
        guard try reader.byte() == form else { throw MalformedBytes() }
        return Int64(bitPattern: try reader.fixed64())
    }

    init(
        time: Int64, hash: Hash256, totalChanges: UInt64, statement: String, changes: [KeyspaceChanges],
        definitions: Hash256?
    ) {
        self.time = time
        self.hash = hash
        self.totalChanges = totalChanges
        self.statement = statement
        self.changes = changes
        self.definitions = definitions
    }

    init(_ bytes: RawSpan) throws(MalformedBytes) {
        var reader = ByteReader(bytes)
        guard try reader.byte() == Self.form else { throw MalformedBytes() }
        time = Int64(bitPattern: try reader.fixed64())
        hash = try reader.hash()
        totalChanges = try reader.integer()
        statement = try reader.text()
        let count = try reader.integer(as: UInt32.self)
        var changes: [KeyspaceChanges] = []
        for _ in 0..<count {
            let keyspace = try reader.integer(as: UInt32.self)
            let count = try reader.integer(as: UInt32.self)
            changes.append(KeyspaceChanges(keyspace: keyspace, count: count, digest: try reader.hash()))
        }
        self.changes = changes
        switch try reader.byte() {
        case 0: definitions = nil
        case 1: definitions = try reader.hash()
        default: throw MalformedBytes()
        }
        try reader.seal()
    }

    /// - Precondition: `bytes` is empty.
    func encode(to bytes: inout [UInt8]) {
        appendContent(to: &bytes)
        bytes.appendSeal()
    }

    /// All but the seal.
    func appendContent(to bytes: inout [UInt8]) {
        bytes.append(Self.form)
        bytes.appendLittleEndian(UInt64(bitPattern: time))
        bytes += hash.bytes
        bytes.appendPacked(totalChanges)
        bytes.appendText(statement)
        bytes.appendPacked(changes.count)
        for change in changes {
            bytes.appendPacked(change.keyspace)
            bytes.appendPacked(change.count)
            bytes += change.digest.bytes
        }
        bytes.append(definitions == nil ? 0 : 1)
        if let definitions { bytes += definitions.bytes }
    }
}

extension ByteReader {
    @_lifetime(self: copy self)
    fileprivate mutating func hash() throws(MalformedBytes) -> Hash256 {
        let range = try range(count: Hash256.byteCount)
        guard let hash = Hash256(bytes.extracting(range)) else { throw MalformedBytes() }
        return hash
    }
}
