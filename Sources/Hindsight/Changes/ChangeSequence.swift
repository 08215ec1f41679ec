import HindsightStorage

/// Changes of tables as they are committed; made by `Database.changes(of:from:view:)`. Each loop over it goes its own way
/// from the same beginning.
public struct ChangeSequence: AsyncSequence, Sendable {
    public typealias Element = ChangeEvent

    let queue: BlockingQueue
    let source: ChangeSource

    public func makeAsyncIterator() -> Iterator {
        Iterator(queue: queue, source: source)
    }

    public struct Iterator: AsyncIteratorProtocol {
        private let queue: BlockingQueue
        private var source: ChangeSource
        private var buffer: ArraySlice<ChangeEvent> = []
        /// The store's mark when there was nothing to read.
        private var idleMark: Int?
        private var pause = Self.pauses.lowerBound

        /// How long an idle loop waits before it looks again whether something was committed; each time twice as long.
        private static let pauses = Duration.milliseconds(1)...Duration.milliseconds(20)

        init(queue: BlockingQueue, source: ChangeSource) {
            self.queue = queue
            self.source = source
        }

        /// The next change; waits until there is one.
        public mutating func next() async throws -> ChangeEvent? {
            while buffer.isEmpty {
                try Task.checkCancellation()
                if try source.mark() == idleMark {
                    try await Task.sleep(for: pause)
                    pause = Swift.min(pause * 2, Self.pauses.upperBound)
                } else {
                    try await fill()
                }
            }
            return buffer.removeFirst()
        }

        private mutating func fill() async throws {
            // Before the look at the log, so that no commit falls in between.
            let mark = try source.mark()
            let source = self.source
            let (events, goneOn) = try await queue.run { try source.read() }
            self.source = goneOn
            buffer = events[...]
            idleMark = events.isEmpty ? mark : nil
            if !events.isEmpty { pause = Self.pauses.lowerBound }
        }
    }
}
