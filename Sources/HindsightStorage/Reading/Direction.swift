/// The way a cursor goes through the keys.
package enum Direction: Equatable, Sendable {
    case forward, backward
}
