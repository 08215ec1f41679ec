import Foundation
import Hindsight

/// A folder for the files that one golden script exports and imports.
struct ScratchFolder {
    let path: String

    /// - Throws: `DatabaseError`, if the system's folder for temporary files cannot be written.
    init() throws(DatabaseError) {
        let url = FileManager.default.temporaryDirectory.appendingPathComponent("pq-script-\(UUID().uuidString)")
        path = url.path
        do {
            try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        } catch {
            throw DatabaseError(.inputOutput, "the folder '\(url.path)' for the script's files cannot be made")
        }
    }

    /// Takes the folder away, with all that is in it.
    func remove() {
        try? FileManager.default.removeItem(atPath: path)
    }
}
