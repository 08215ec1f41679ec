/// What one operator holds of a statement's memory. It is reserved in larger pieces than it is used, so that a row costs
/// a comparison.
///
/// A part of the limit is every operator's own: however much the operators below it hold, it can work with that.
struct MemoryAccount {
    private(set) var usedBytes = 0
    private var reservedBytes = 0

    /// Accounts for `bytes` more.
    ///
    /// - Returns: false if they do not fit; nothing is accounted for then.
    @inline(__always)
    mutating func charge(_ bytes: Int, _ context: ExecutionContext) -> Bool {
        guard usedBytes &+ bytes > reservedBytes || bytes < 0 else {
            usedBytes &+= bytes
            return true
        }
        return chargeNew(bytes, context)
    }

    @inline(never)
    private mutating func chargeNew(_ bytes: Int, _ context: ExecutionContext) -> Bool {
        let lacking = usedBytes + bytes - reservedBytes
        let piece = max(lacking, min(MemoryAccount.piece, context.memoryLimit / MemoryAccount.piecesOfLimit))
        if context.tryToReserveMemory(piece) {
            reservedBytes += piece
        } else if context.tryToReserveMemory(lacking) {
            reservedBytes += lacking
        } else if usedBytes + bytes <= context.memoryLimit / MemoryAccount.ownPartOfLimit {
            context.overdrawMemory(lacking)
            reservedBytes += lacking
        } else {
            return false
        }
        usedBytes += bytes
        return true
    }

    /// Gives everything back.
    mutating func release(_ context: ExecutionContext?) {
        context?.releaseMemory(reservedBytes)
        reservedBytes = 0
        usedBytes = 0
    }

    private static let piece = 1 << 18
    private static let piecesOfLimit = 256
    private static let ownPartOfLimit = 16
}
