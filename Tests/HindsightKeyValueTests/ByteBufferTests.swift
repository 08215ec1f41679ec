import HindsightTestSupport
import Testing

@testable import HindsightKeyValue

@Suite struct ByteBufferTests {
    @Test func bytesGrowAtTheEnd() {
        var buffer = ByteBuffer(minimumCapacity: 0)
        buffer.append(1)
        buffer.append(lowBytesOf: 0x0807_0605_0403_02FF, count: 2)
        buffer.append(lowBytesOf: 0x99, count: 0)
        buffer.append(copying: [7, 8, 9])
        buffer.append(copying: [])
        #expect(buffer.bytes.array == [1, 0xFF, 0x02, 7, 8, 9])
        let count = buffer.count
        let third = buffer[2]
        #expect(count == 6)
        #expect(third == 2)
    }

    @Test func bytesAreOverwrittenInPlace() {
        var buffer = ByteBuffer()
        buffer.append(copying: [0, 0, 0, 0, 0, 0])
        buffer[0] = 9
        buffer.store(littleEndian: UInt32(0x0403_0201), at: 2)
        #expect(buffer.bytes.array == [9, 0, 1, 2, 3, 4])
    }

    @Test func gapsMoveWhatFollows() {
        for offset in 0...4 {
            for gap in [0, 1, 3, 4, 5, 100] {
                var buffer = ByteBuffer(minimumCapacity: 0)
                buffer.append(copying: [1, 2, 3, 4])
                buffer.openGap(of: gap, at: offset)
                let bytes = buffer.bytes.array
                #expect(bytes.count == 4 + gap)
                #expect(bytes[..<offset] + bytes[(offset + gap)...] == [1, 2, 3, 4])
            }
        }
    }

    @Test func memoryIsKeptWhenBytesAreForgotten() {
        var buffer = ByteBuffer()
        buffer.append(copying: [1, 2, 3])
        buffer.removeAll(from: 1)
        #expect(buffer.bytes.array == [1])
        buffer.removeAll()
        #expect(buffer.bytes.array.isEmpty)
    }

    /// Against an array that is changed alike, over many sizes.
    @Test func randomChangesAgreeWithAnArray() {
        let seed = TestSeed.fresh
        print("ByteBufferTests seed \(seed)")
        var generator = SeededGenerator(seed: seed)
        var buffer = ByteBuffer(minimumCapacity: 0)
        var array: [UInt8] = []
        for _ in 0..<2_000 {
            let byte = UInt8.random(in: 0...255, using: &generator)
            switch Int.random(in: 0..<5, using: &generator) {
            case 0:
                buffer.append(byte)
                array.append(byte)
            case 1:
                let added = Array(repeating: byte, count: Int.random(in: 0...30, using: &generator))
                buffer.append(copying: added)
                array += added
            case 2:
                buffer.append(lowBytesOf: UInt64(byte) * 0x0101_0101, count: 3)
                array += [byte, byte, byte]
            case 3:
                let offset = Int.random(in: 0...array.count, using: &generator)
                buffer.openGap(of: 1, at: offset)
                buffer[offset] = byte
                array.insert(byte, at: offset)
            default:
                let end = array.count - array.count / 3
                buffer.removeAll(from: end)
                array.removeLast(array.count - end)
            }
        }
        #expect(buffer.bytes.array == array, "seed \(seed)")
    }
}

@Suite struct WordTests {
    private func bigEndian(_ bytes: [UInt8], _ offset: Int) -> UInt64 { bytes.rawSpan.bigEndianWord(at: offset) }

    private func littleEndian(_ bytes: [UInt8], _ offset: Int) -> UInt64 { bytes.rawSpan.littleEndianWord(at: offset) }

    /// All lengths around a word, and all places up to far behind the end.
    @Test func wordsEndInZerosBehindTheEnd() {
        for count in 0...20 {
            let bytes = (0..<count).map { UInt8($0 + 1) }
            for offset in Array(0...24) + [1 << 40, .max - 7, .max] {
                var expected: UInt64 = 0
                for position in 0..<8 {
                    let isInside = offset < count && offset + position < count
                    expected = expected << 8 | (isInside ? UInt64(bytes[offset + position]) : 0)
                }
                #expect(bigEndian(bytes, offset) == expected)
                #expect(littleEndian(bytes, offset) == expected.byteSwapped)
            }
        }
    }
}

extension ByteBuffer {
    fileprivate mutating func append(copying bytes: [UInt8]) { append(bytes.rawSpan) }
}
