import HindsightKeyValue
import HindsightTestSupport
import HindsightValues
import Testing

@testable import HindsightStorage

struct HeaderTests {
    private func header(_ random: inout SeededGenerator) -> ItemHeader {
        let version = Version.random(in: 1...(1 << UInt64.random(in: 1...62, using: &random)), using: &random)
        guard Bool.random(using: &random) else { return ItemHeader(version: version, previous: nil) }
        let target = RecordPointer(
            version: Version.random(in: 0...version, using: &random), sequence: .random(in: 0...(.max), using: &random))
        let jump = [ItemHeader.Jump.toPrevious, .unknown, .to(target)].randomElement(using: &random) ?? .unknown
        return ItemHeader(
            version: version,
            previous: .init(
                sequence: .random(in: 0...(.max), using: &random), depth: .random(in: 1...(.max), using: &random),
                jump: jump))
    }

    @Test(arguments: 1...200 as ClosedRange<UInt64>)
    func whatIsEncodedIsDecoded(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let header = header(&random)
        let longKey: [UInt8]? = Bool.random(using: &random) ? [UInt8](repeating: 7, count: 600) : nil
        var bytes: [UInt8] = [0xAA]
        let rawKey: [UInt8] = [1, 2]
        header.encode(checksum: 0x1234_5678, longKey: longKey, under: rawKey, to: &bytes)
        bytes += [1, 2, 3]
        let item = try StoredItem(bytes.rawSpan, at: 1)
        #expect(item.header == header)
        #expect(item.documentChecksum(in: bytes.rawSpan, under: rawKey.rawSpan) == 0x1234_5678)
        #expect(item.longKey.map { Array(bytes[$0]) } == longKey)
        #expect(Array(bytes[item.document]) == [1, 2, 3])
    }

    /// The bytes that the drawing in `ItemHeader` promises.
    @Test func theBytesAreAsDrawn() {
        var bytes: [UInt8] = []
        ItemHeader(
            version: 300, previous: .init(sequence: 2, depth: 3, jump: .to(RecordPointer(version: 100, sequence: 1)))
        ).encode(checksum: 0x0403_0201, longKey: nil, under: [7], to: &bytes)
        #expect(bytes == entry([13, 6], [0xAC, 2, 2, 3, 0xC8, 1, 1], checksum: 0x0403_0201, rawKey: 7))
        bytes = []
        ItemHeader(version: 5, previous: nil).encode(checksum: 0, longKey: [9, 9], under: [7], to: &bytes)
        #expect(bytes == entry([7, 1], [5, 2, 9, 9], checksum: 0, rawKey: 7))
    }

    /// An entry, from what stands before its checksum and after.
    private func entry(_ head: [UInt8], _ tail: [UInt8], checksum: UInt32, rawKey: UInt8) -> [UInt8] {
        let sum = checksum ^ ([rawKey] + head + [0, 0, 0, 0] + tail).rawSpan.checksum32
        return head + (0..<4).map { UInt8(truncatingIfNeeded: sum >> UInt32(8 * $0)) } + tail
    }

    /// Whatever bit of an entry flips, its checksum does not fit any more, or it cannot be read at all.
    @Test func noBitFlipsUnnoticed() throws {
        let document: [UInt8] = [1, 2, 3]
        let rawKey: [UInt8] = [0, 0, 0, 1, 42]
        var bytes: [UInt8] = []
        ItemHeader(version: 300, previous: .init(sequence: 2, depth: 3, jump: .unknown))
            .encode(checksum: document.rawSpan.checksum32, longKey: [9, 9], under: rawKey, to: &bytes)
        bytes += document
        #expect(isSound(bytes, under: rawKey))
        for bit in 0..<8 * bytes.count {
            var damaged = bytes
            damaged[bit / 8] ^= 1 << UInt8(bit % 8)
            #expect(!isSound(damaged, under: rawKey), "bit \(bit)")
        }
        for bit in 0..<8 * rawKey.count {
            var other = rawKey
            other[bit / 8] ^= 1 << UInt8(bit % 8)
            #expect(!isSound(bytes, under: other), "bit \(bit) of the key")
        }
    }

    private func isSound(_ bytes: [UInt8], under rawKey: [UInt8]) -> Bool {
        guard let item = try? StoredItem(bytes.rawSpan) else { return false }
        let document = Array(bytes[item.document])
        return item.documentChecksum(in: bytes.rawSpan, under: rawKey.rawSpan) == document.rawSpan.checksum32
    }

    @Test func jumpsAreMyers() {
        // By the definition: the jump of the jump of the one below, if both are equally long, else the one below.
        var depths: [UInt32] = [0]
        for depth in 1...2000 as ClosedRange<UInt32> {
            let below = depth - 1
            let first = depths[Int(below)]
            let second = depths[Int(first)]
            depths.append(below > 0 && below - first == first - second ? second : below)
            #expect(depth - JumpPointer.length(atDepth: depth) == depths[Int(depth)])
        }
    }
}

/// Decoders of stored bytes never trap, whatever the bytes are.
struct HostileBytesTests {
    private func samples() throws -> [[UInt8]] {
        let test = try TestStore()
        let table = try test.store.makeTable()
        for round in 0..<4 {
            for id in 0..<3 { try test.store.put(id, "\(round)") }
        }
        try test.store.delete(1)
        try test.store.write { try $0.restore("t", to: "f", at: .latest) }
        let snapshot = try test.store.snapshot()
        var samples: [[UInt8]] = [try #require(snapshot.table(named: "f")).encode(), table.encode()]
        for tree in TreeName.allCases {
            try snapshot.access.forEach(tree, prefix: []) { samples.append($0.array) }
        }
        return samples
    }

    private func decodeAsEverything(_ bytes: [UInt8]) {
        let span = bytes.rawSpan
        _ = try? StoredItem(span)
        _ = try? ChangeRecord(span)
        _ = try? CommitRecord(span)
        _ = try? TableTotals(span)
        _ = try? TableInfo(span)
        _ = try? CatalogCounters(span)
        _ = try? Instant(span)
        _ = FileFormat.version(of: span)
        for tree in TreeName.allCases {
            _ = RawKey.words(tree, span)
            _ = EntryWords.value(tree, span, span)
        }
    }

    @Test(arguments: 1...4 as ClosedRange<UInt64>)
    func mutatedBytesAreRefusedOrRead(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for sample in try samples() {
            for _ in 0..<60 {
                var bytes = sample
                switch Int.random(in: 0..<4, using: &random) {
                case 0: bytes.removeLast(Int.random(in: 0...bytes.count, using: &random))
                case 1: bytes += (0..<9).map { _ in UInt8.random(in: 0...255, using: &random) }
                default: break
                }
                for _ in 0..<Int.random(in: 0...3, using: &random) where !bytes.isEmpty {
                    let index = Int.random(in: 0..<bytes.count, using: &random)
                    bytes[index] =
                        [0, 0x7F, 0x80, 0xFF, .random(in: 0...255, using: &random)]
                        .randomElement(using: &random) ?? 0
                }
                decodeAsEverything(bytes)
            }
        }
    }
}
