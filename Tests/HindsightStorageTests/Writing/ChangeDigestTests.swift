import HindsightKeyValue
import HindsightTestSupport
import Testing

@testable import HindsightStorage

struct ChangeDigestTests {
    private func hash(_ number: Int) -> Hash256 {
        Array("\(number)".utf8).rawSpan.blake2b256()
    }

    private func digest(_ numbers: [Int]) -> Hash256 {
        var digest = ChangeDigest()
        for number in numbers { digest.add(hash(number)) }
        return digest.hash
    }

    @Test func theOrderOfChangesDoesNotMatter() {
        #expect(digest([1, 2, 3, 4]) == digest([4, 1, 3, 2]))
        #expect(digest([1, 2, 3]) != digest([1, 2, 4]))
        #expect(digest([1, 2, 2]) != digest([1, 2]))
    }

    @Test func whatIsWithdrawnWasNeverThere() {
        var changed = ChangeDigest()
        for number in [5, 1, 2, 5, 3] { changed.add(hash(number)) }
        changed.withdraw(hash(5))
        changed.withdraw(hash(2))
        #expect(changed.hash == digest([1, 3, 5]))
    }

    @Test func rewindingForgetsWhatCameAfterTheMark() {
        var changed = ChangeDigest()
        changed.add(hash(1))
        let mark = changed.mark
        changed.add(hash(2))
        changed.withdraw(hash(1))
        changed.rewind(to: mark)
        #expect(changed.hash == digest([1]))
    }

    /// The same end is the same digest, whatever the transaction did before and undid.
    @Test func aStatementThatIsUndoneLeavesNoTrace() throws {
        struct Stop: Error {}
        var digests: [Hash256] = []
        for isDisturbed in [false, true] {
            let test = try TestStore()
            let table = try test.store.makeTable()
            let commit = try test.store.write { transaction in
                try transaction.put(document(1, "a"), into: table)
                if isDisturbed {
                    try transaction.put(document(2, "x"), into: table)
                    try transaction.delete(key: key(2), from: table)
                    _ = try? transaction.statement {
                        try transaction.put(document(1, "b"), into: table)
                        throw Stop()
                    }
                }
                try transaction.put(document(2, "b"), into: table)
            }.commit
            let version = try #require(commit).version
            let snapshot = try test.store.snapshot()
            defer { snapshot.close() }
            let record = try snapshot.access.entry(.commits, RawKey.commit(version)) { bytes throws(MalformedBytes) in
                try CommitRecord(bytes)
            }
            digests += try #require(record).changes.map(\.digest)
        }
        #expect(digests.count == 2)
        #expect(digests[0] == digests[1])
    }
}
