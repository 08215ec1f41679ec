/// What a look at every byte of a database has found.
package struct VerificationReport: Equatable, Sendable {
    package struct Finding: Equatable, Sendable {
        package let kind: Kind
        /// The entry or page, in words.
        package let place: String
        package let detail: String
    }

    package enum Kind: String, CaseIterable, Sendable {
        /// A page of the file is not what LMDB wrote: the disk, or a program that wrote into the file.
        case page
        /// Bytes of an entry do not fit their checksum.
        case entry
        /// All checksums fit, but not the hashes: somebody changed the past, and knew how to hide it from a disk check.
        case tampering
        /// Entries contradict each other.
        case contradiction
    }

    /// The first ones, at most `Limits.verificationFindings`.
    package internal(set) var findings: [Finding] = []
    /// Found, but not listed.
    package internal(set) var further = 0

    /// The newest commit that was looked at, and its hash: noted somewhere else, it vouches for all that is there now.
    package internal(set) var version: UInt64 = 0
    package internal(set) var hash = ""

    package internal(set) var commits = 0
    /// Present items of all tables.
    package internal(set) var items = 0
    /// Undo records.
    package internal(set) var records = 0
    /// Changed keys whose content was compared with the hash of their commit; the others were overwritten without history,
    /// or have left the restorable window.
    package internal(set) var provenChanges = 0

    package var isSound: Bool { findings.isEmpty }
}
