import HindsightStorage

/// Changes as they are committed, by this program or any other that has the file open.
extension Database {
    /// Every change of some tables from a moment on, in the order of commits, and then those that are still to come.
    ///
    /// ```swift
    /// for try await change in db.changes(of: "Music") {
    ///     print(change.operation, change.key, change.newImage ?? [])
    /// }
    /// ```
    ///
    /// A table has a log of its changes for as long as its point-in-time recovery reaches back, and for 24 hours with the
    /// setting `STREAM = ON`. Several changes of an item are several elements; what a transaction took back by itself is
    /// none. The sequence ends by an error, or when its task is cancelled.
    ///
    /// It takes changes from the log at the pace of its reader, and holds no snapshot in between. While there are none, it
    /// looks at a number in memory every few milliseconds.
    ///
    /// Errors, thrown by the first `next()` or a later one: `unknownTable` if a table is not there or is dropped;
    /// `pointInTimeRecoveryOff` if it has neither recovery nor a stream; `changesTrimmed`
    /// (`TrimmedDataAccessException`) if changes that should have come are not kept any more; `CancellationError`.
    ///
    /// - Parameters:
    ///   - tables: exact names. A table that is renamed stays the same.
    ///   - moment: changes of later commits come, for a time those of commits at or after it. `.earliest` is where the log of
    ///     each table begins.
    ///   - view: nil for the `STREAM_VIEW_TYPE` of each table, or both images where there is none.
    public func changes(
        of tables: String..., from moment: Moment = .now, view: ChangeView? = nil
    ) -> ChangeSequence {
        changes(of: tables, from: moment, view: view)
    }

    /// Every change of some tables, from a moment on; see `changes(of:from:view:)`.
    public func changes(
        of tables: [String], from moment: Moment = .now, view: ChangeView? = nil
    ) -> ChangeSequence {
        ChangeSequence(queue: queue, source: ChangeSource(store: store, tables: tables, view: view, from: moment))
    }

    /// Every change of all tables that have a log, from a moment on. Tables that get one later are seen from then on; those
    /// that are dropped end, and nothing is thrown.
    public func changes(from moment: Moment = .now, view: ChangeView? = nil) -> ChangeSequence {
        ChangeSequence(queue: queue, source: ChangeSource(store: store, tables: nil, view: view, from: moment))
    }

    /// Every change of some tables behind one that was read before, perhaps by an earlier run of the program.
    ///
    /// - Parameters:
    ///   - tables: as for the subscription that the position comes from.
    ///   - position: of the last change that was used.
    ///   - view: nil for the `STREAM_VIEW_TYPE` of each table, or both images where there is none.
    public func changes(
        of tables: String..., after position: ChangePosition, view: ChangeView? = nil
    ) -> ChangeSequence {
        changes(of: tables, after: position, view: view)
    }

    /// Every change of some tables behind one that was read before.
    public func changes(
        of tables: [String], after position: ChangePosition, view: ChangeView? = nil
    ) -> ChangeSequence {
        ChangeSequence(
            queue: queue, source: ChangeSource(store: store, tables: tables, view: view, after: position.inStorage))
    }

    /// Every change of all tables that have a log, behind one that was read before.
    public func changes(after position: ChangePosition, view: ChangeView? = nil) -> ChangeSequence {
        ChangeSequence(
            queue: queue, source: ChangeSource(store: store, tables: nil, view: view, after: position.inStorage))
    }
}
