import HindsightKeyValue
import HindsightValues

/// What stands before a stored document: which commit wrote this version of the item, and where the older ones are.
///
///     0        1       2          6         …
///     +--------+-------+----------+---------+------------+---------+----------------+----------+------------+
///     | length | flags | checksum | version | [sequence] | [depth] | [jump]         | [key]    | [document] |
///     | 1      | 1     | 4, LE    | packed  | packed     | packed  | packed, packed | counted  |            |
///     +--------+-------+----------+---------+------------+---------+----------------+----------+------------+
///     '------------------------------- length -------------------------------------'
///
/// - length: of the header without the key, so that a scan of the present finds the document with one byte.
/// - flags: 1, the key was shortened for the tree and stands here whole; 2, there is a previous version: sequence and
///   depth follow; 4, the jump pointer follows; 8, the jump pointer is unknown; neither 4 nor 8: it is `previous`.
/// - checksum: CRC of the document (0 if there is none), exclusive or the CRC of all that stands before the document, with
///   zeros for the checksum, behind the key in the tree (`live` and `deleted` alone). So no bit of an entry can change
///   unnoticed.
/// - version: the commit that wrote this; 0 in the record of an item that did not exist.
/// - sequence: where the version before this one lies in `changes`. Its commit and keyspace need not be said: an undo
///   record is written by the commit that ends what it holds, so it is this version's own, and the keyspace is the same.
/// - depth: how many undo records the chain has from here on.
/// - jump: the commit, as the distance back from `version`, and the sequence of a record further down the chain.
///
/// **The chain** of an item that commits 3, 5 and 9 wrote, the last one deleting it, with k for its keyspace:
///
///     deleted  k "a"   -> version 9, sequence 0, depth 3
///                           |
///     changes  9 k 0   -> item: version 5, sequence 0, depth 2, document       what was true in 5…8
///                           |
///     changes  5 k 0   -> item: version 3, sequence 0, depth 1, document       what was true in 3…4
///                           |
///     changes  3 k 0   -> nothing: version 0                                   what was true before 3
///
/// So a record's key says when the version in it ended, and the header in it when it began.
struct ItemHeader: Equatable {
    var version: Version
    var previous: Previous?

    struct Previous: Equatable {
        /// Of the record that holds the version before; the record's commit is the header's `version`.
        var sequence: UInt32
        /// Records on the chain from here on, at least 1.
        var depth: UInt32
        var jump: Jump
    }

    /// A shortcut down the chain: see `VersionChain`.
    enum Jump: Equatable {
        /// The same record as `previous`.
        case toPrevious
        case to(RecordPointer)
        /// The target was collected before this was written.
        case unknown
    }
}

/// A record in `changes`, of a keyspace that is known.
struct RecordPointer: Equatable {
    var version: Version
    var sequence: UInt32
}

extension ItemHeader {
    enum Flag {
        static let longKey: UInt8 = 1
        static let previous: UInt8 = 2
        static let jump: UInt8 = 4
        static let jumpUnknown: UInt8 = 8
        static let all: UInt8 = 15
    }

    static let checksumOffset = 2
    static let versionOffset = 6

    /// The undo record that holds the version before.
    var previousRecord: RecordPointer? {
        previous.map { RecordPointer(version: version, sequence: $0.sequence) }
    }

    /// Appends the header and, where the tree has the key shortened, the whole key.
    ///
    /// - Parameters:
    ///   - checksum: that of the document.
    ///   - rawKey: of the entry in `live` or `deleted`; empty for a record, which begins with its key.
    func encode(checksum: UInt32, longKey: [UInt8]?, under rawKey: [UInt8], to bytes: inout [UInt8]) {
        let start = bytes.count
        bytes.append(0)
        bytes.append((longKey == nil ? 0 : Flag.longKey) | previousFlags)
        bytes.appendLittleEndian(0 as UInt32)
        bytes.appendPacked(version)
        encodePrevious(to: &bytes)
        bytes[start] = UInt8(bytes.count - start)
        if let longKey {
            bytes.appendPacked(longKey.count)
            bytes.append(contentsOf: longKey)
        }
        let entryChecksum = checksum ^ bytes.rawSpan.checksum32(after: rawKey.rawSpan.checksum32)
        for shift in 0..<4 {
            bytes[start + Self.checksumOffset + shift] = UInt8(truncatingIfNeeded: entryChecksum >> UInt32(8 * shift))
        }
    }

    private var previousFlags: UInt8 {
        switch previous?.jump {
        case nil: 0
        case .toPrevious: Flag.previous
        case .to: Flag.previous | Flag.jump
        case .unknown: Flag.previous | Flag.jumpUnknown
        }
    }

    private func encodePrevious(to bytes: inout [UInt8]) {
        guard let previous else { return }
        bytes.appendPacked(previous.sequence)
        bytes.appendPacked(previous.depth)
        guard case .to(let target) = previous.jump else { return }
        bytes.appendPacked(version - target.version)
        bytes.appendPacked(target.sequence)
    }
}

/// A stored value taken apart: header, key and document are ranges in place.
struct StoredItem {
    let header: ItemHeader
    /// Of the entry.
    private let checksum: UInt32
    private let checksumRange: Range<Int>
    /// The whole key, where the tree has it shortened.
    let longKey: Range<Int>?
    let document: Range<Int>

    /// - Parameter start: where the header begins in `bytes`; the document runs to the end.
    init(_ bytes: RawSpan, at start: Int = 0) throws(MalformedBytes) {
        var reader = ByteReader(bytes, at: start)
        let length = Int(try reader.byte())
        let flags = try reader.byte()
        guard flags & ~ItemHeader.Flag.all == 0 else { throw MalformedBytes() }
        checksumRange = try reader.range(count: 4)
        checksum = bytes.loadLittleEndian(UInt32.self, at: checksumRange.lowerBound)
        header = try ItemHeader(&reader, flags: flags)
        guard reader.offset - start == length else { throw MalformedBytes() }
        longKey = flags & ItemHeader.Flag.longKey == 0 ? nil : try reader.countedRange()
        document = reader.offset..<bytes.byteCount
    }

    /// What the entry says that the checksum of its document is; 0 without one.
    ///
    /// - Parameters:
    ///   - bytes: those that this was read from.
    ///   - rawKey: as in `ItemHeader.encode`.
    func documentChecksum(in bytes: RawSpan, under rawKey: RawSpan) -> UInt32 {
        var sum = bytes.extracting(0..<checksumRange.lowerBound).checksum32(after: rawKey.checksum32)
        sum = Self.noChecksum.rawSpan.checksum32(after: sum)
        sum = bytes.extracting(checksumRange.upperBound..<document.lowerBound).checksum32(after: sum)
        return checksum ^ sum
    }

    private static let noChecksum: [UInt8] = [0, 0, 0, 0]
}

extension ItemHeader {
    @_lifetime(reader: copy reader)
    fileprivate init(_ reader: inout ByteReader, flags: UInt8) throws(MalformedBytes) {
        version = try reader.integer()
        guard flags & Flag.previous != 0 else {
            previous = nil
            return
        }
        let sequence = try reader.integer(as: UInt32.self)
        let depth = try reader.integer(as: UInt32.self)
        var jump = flags & Flag.jumpUnknown == 0 ? Jump.toPrevious : .unknown
        if flags & Flag.jump != 0 {
            let distance = try reader.integer()
            guard distance <= version else { throw MalformedBytes() }
            jump = .to(RecordPointer(version: version - distance, sequence: try reader.integer(as: UInt32.self)))
        }
        previous = Previous(sequence: sequence, depth: depth, jump: jump)
    }
}
