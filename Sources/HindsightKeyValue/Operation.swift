/// What is about to be done to the file: the steps that a `CallInterceptor` sees and that a `KeyValueError` names.
@usableFromInline
package enum Operation: String, Sendable, CaseIterable {
    case open
    case openTree
    case beginRead
    case beginWrite
    case beginNested
    case commit
    case commitNested
    case abort
    case renew
    case get
    case put
    case delete
    case clear
    case statistics
    case openCursor
    case move
    case sync
    case copy
    case compact
    case checkReaders
    case verify
    case startThread
    case openSpill
    case writeSpill
    case readSpill
    case readFile
    case writeFile
}
