// Text to tokens to syntax trees and back; diagnostics and how they are drawn.
// Must not know: tables, storage.
