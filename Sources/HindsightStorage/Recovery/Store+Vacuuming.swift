import HindsightKeyValue

extension Store {
    /// Bytes of the file before and after a vacuum.
    package struct VacuumResult: Equatable, Sendable {
        package let before: Int
        package let after: Int
    }

    /// Removes what has left the restorable windows, and gives the space that nothing needs back to the file system, by
    /// a compacted copy that takes the file's place. Waits a while for readers and writers of this process to end.
    ///
    /// - Throws: `.readOnly`; `.keyValue` with `.busy` if the file stays in use here, or is open in another process; with
    ///   `.diskFull`, as there must be room for the copy. The file is as it was then.
    /// - Complexity: O(bytes in use).
    @discardableResult
    package func vacuum() throws(StorageError) -> VacuumResult {
        try collectGarbage()
        let before = try byteCount()
        try compact()
        return VacuumResult(before: before, after: try byteCount())
    }

    private func compact() throws(StorageError) {
        for attempt in 1... {
            dropIdleReaders()
            do {
                try environment.compact()
                return forgetTip()
            } catch {
                guard error.code == .busy, attempt < Limits.vacuumAttempts else { throw StorageError(error) }
                WallClock.sleep(milliseconds: Limits.vacuumPauseMilliseconds)
            }
        }
    }

    private func byteCount() throws(StorageError) -> Int {
        do {
            let information = try environment.information()
            return information.pageCount * information.pageByteCount
        } catch {
            throw StorageError(error)
        }
    }
}
