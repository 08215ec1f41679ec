import HindsightKeyValue

/// The bytes of one file that is imported, unpacked if it begins as gzip does, one after the other.
final class ImportBytes {
    private let file: FileReader
    private var inflater: Inflater?
    private var hash: MD5?
    private var piece: [UInt8] = []
    private var position = 0
    private var isAtEnd = false
    /// Bytes of the file that were read, as they stand in it.
    private(set) var readCount = 0
    /// The line of the next byte, from 1 on.
    private(set) var line = 1

    /// - Parameter isHashed: whether the file's MD5 is asked for in the end.
    init(_ path: String, isHashed: Bool) throws(KeyValueError) {
        file = try FileReader(path: path)
        hash = isHashed ? MD5() : nil
        let head = try readPiece()
        if Inflater.isGzip(head) {
            let inflater = try Inflater()
            inflater.feed(head)
            self.inflater = inflater
        } else {
            piece = head
            // A byte order mark says nothing of UTF-8.
            if head.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
        }
    }

    /// The next byte; nil at the end.
    func peek() throws(KeyValueError) -> UInt8? {
        if position == piece.count, try !fill() { return nil }
        return piece[position]
    }

    /// Goes on behind the next byte.
    func advance() {
        if piece[position] == UInt8(ascii: "\n") { line += 1 }
        position += 1
    }

    func next() throws(KeyValueError) -> UInt8? {
        guard let byte = try peek() else { return nil }
        advance()
        return byte
    }

    /// The MD5 of the whole file. Reads it to its end.
    func finish() throws(KeyValueError) -> [UInt8]? {
        while try fill() {}
        return hash?.finish()
    }

    private func fill() throws(KeyValueError) -> Bool {
        position = 0
        piece = []
        while !isAtEnd {
            if let inflater {
                piece = try inflater.next()
                if !piece.isEmpty { return true }
                let packed = try readPiece()
                if packed.isEmpty { try inflater.finish() } else { inflater.feed(packed) }
            } else {
                piece = try readPiece()
                if !piece.isEmpty { return true }
            }
        }
        return false
    }

    private func readPiece() throws(KeyValueError) -> [UInt8] {
        let bytes = try file.next()
        if bytes.isEmpty { isAtEnd = true }
        readCount += bytes.count
        hash?.add(bytes)
        return bytes
    }
}
