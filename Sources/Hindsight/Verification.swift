import HindsightStorage

/// What `Database.verify(table:)` has found.
public struct Verification: Sendable, Hashable {
    /// One place where what is stored is not what was written.
    public struct Finding: Sendable, Hashable {
        public let kind: Kind
        /// The page or entry, in words.
        public let place: String
        public let detail: String
    }

    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// A page of the file is damaged; what lies in the file is not looked into any further.
        case page
        /// Bytes of an entry do not fit their checksum.
        case entry
        /// The checksums fit, the hashes of the commits do not: the past was changed on purpose.
        case tampering
        /// Entries contradict each other.
        case contradiction
    }

    /// The first hundred findings.
    public let findings: [Finding]
    /// How many findings there are beside those.
    public let furtherFindings: Int
    /// The newest commit.
    public let version: UInt64
    /// The newest commit's hash, in hexadecimal. Noted outside of the file, it vouches for every commit up to this one.
    public let hash: String

    public var isSound: Bool { findings.isEmpty }

    init(_ report: VerificationReport) {
        findings = report.findings.map { finding in
            Finding(kind: Kind(finding.kind), place: finding.place, detail: finding.detail)
        }
        furtherFindings = report.further
        version = report.version
        hash = report.hash
    }
}

extension Verification.Kind {
    fileprivate init(_ kind: VerificationReport.Kind) {
        self =
            switch kind {
            case .page: .page
            case .entry: .entry
            case .tampering: .tampering
            case .contradiction: .contradiction
            }
    }
}

extension Database {
    /// `VERIFY`: reads every byte that is kept and compares all that is said twice, the hashes of the commits included.
    ///
    /// Reads and writes go on meanwhile.
    ///
    /// - Parameter table: the exact name of the one table to look into; nil for all.
    /// - Throws: `DatabaseError`: `unknownTable`; what keeps the file from being read at all.
    /// - Complexity: O(bytes of the file), and O(log n) reads for each change that is kept.
    public func verify(table: String? = nil) throws(DatabaseError) -> Verification {
        do {
            return Verification(try store.verify(table: table))
        } catch let error as StorageError {
            throw DatabaseError(error)
        } catch {
            throw DatabaseError(.internalError, "\(error)")
        }
    }
}
