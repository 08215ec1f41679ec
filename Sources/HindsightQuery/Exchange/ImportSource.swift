import HindsightKeyValue
import HindsightSyntax
import HindsightValues

/// The files that an import reads: one, those of a folder, or those that an export's manifest names.
struct ImportSource {
    struct File {
        let path: String
        /// As messages call it.
        let name: String
        /// In Base64; nil if nothing is said of it.
        var checksum: String?
        var itemCount: Int?
    }

    var files: [File]
    /// What the manifest says; nil without one.
    var format: ExchangeFormat?
    var byteCount: Int { files.reduce(0) { $0 + FileTree.byteCount(of: $1.path) } }

    /// - Parameters:
    ///   - path: where it is.
    ///   - name: as the statement calls it.
    init(_ path: String, named name: String) throws {
        switch FileTree.kind(of: path) {
        case nil: throw ImportSourceError(.fileNotFound, "there is no file '\(name)'")
        case .file, .other: files = [File(path: path, name: name)]
        case .folder:
            if let export = try Self.exportFolder(path, name) {
                self = try Self.manifest(export.path, named: export.name)
                return
            }
            files = try FileTree.names(in: path).filter { FileTree.kind(of: path + "/" + $0) == .file }
                .map { File(path: path + "/" + $0, name: name + "/" + $0) }
        }
        if files.isEmpty { throw ImportSourceError(.fileNotFound, "there is no file in '\(name)'") }
    }

    private init(files: [File], format: ExchangeFormat?) {
        self.files = files
        self.format = format
    }

    // MARK: Manifests

    /// The folder with the manifests of an export: this one, or the only one in it.
    private static func exportFolder(_ path: String, _ name: String) throws -> (path: String, name: String)? {
        if FileTree.kind(of: path + "/" + summaryName) == .file { return (path, name) }
        let isInside = FileTree.kind(of: path + "/AWSDynamoDB") == .folder
        let (folder, folderName) = isInside ? (path + "/AWSDynamoDB", name + "/AWSDynamoDB") : (path, name)
        let exports = try FileTree.names(in: folder).filter {
            FileTree.kind(of: "\(folder)/\($0)/\(summaryName)") == .file
        }
        guard exports.count < 2 else {
            throw ImportSourceError(
                .invalidArgument, "there are \(exports.count) exports in '\(name)'",
                hint: "name one, such as '\(folderName)/\(exports[0])'")
        }
        return exports.first.map { (folder + "/" + $0, folderName + "/" + $0) }
    }

    private static func manifest(_ path: String, named name: String) throws -> ImportSource {
        let summary = try checked(path, name, "manifest-summary")
        guard case .structure(let fields) = try json(summary, name + "/" + summaryName) else {
            throw damaged(name + "/" + summaryName)
        }
        guard case .string(let word)? = fields["outputFormat"], let format = ExchangeFormat(rawValue: word) else {
            throw damaged(name + "/" + summaryName)
        }
        // The folder that the keys begin in stands above AWSDynamoDB/<id>.
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        let root = path.split(separator: "/").count < 2 ? path + "/../.." : parts.dropLast(2).joined(separator: "/")
        var files: [File] = []
        for line in try checked(path, name, "manifest-files").split(separator: UInt8(ascii: "\n")) {
            files.append(try file(Array(line), root: root, name))
        }
        return ImportSource(files: files, format: format)
    }

    private static func file(_ line: [UInt8], root: String, _ name: String) throws -> File {
        let manifestName = name + "/manifest-files.json"
        guard case .structure(let entry) = try json(line, manifestName),
            case .string(let key)? = entry["dataFileS3Key"], case .string(let checksum)? = entry["md5Checksum"],
            case .int(let count)? = entry["itemCount"], !key.utf8.contains(0)
        else { throw damaged(manifestName) }
        // A prefix in the bucket is not there in a copy of its folder; nothing above the folder is read.
        let steps = key.split(separator: "/").drop { $0 != "AWSDynamoDB" }
        guard !steps.isEmpty, !steps.contains("..") else { throw damaged(manifestName) }
        let place = steps.joined(separator: "/")
        return File(
            path: root.isEmpty ? "/" + place : root + "/" + place, name: place, checksum: checksum,
            itemCount: Int(count))
    }

    /// The ending that DynamoDB gives a manifest's checksum, and the one that its manual tells of.
    private static let checksumEndings = [".md5", ".checksum"]

    /// The bytes of a manifest, which its checksum file must fit.
    private static func checked(_ path: String, _ name: String, _ file: String) throws -> [UInt8] {
        let bytes = try contents(path + "/" + file + ".json")
        let checksumPaths = checksumEndings.map { path + "/" + file + $0 }
        guard let checksumPath = checksumPaths.first(where: { FileTree.kind(of: $0) == .file }) else {
            throw ImportSourceError(.fileNotFound, "there is no file '\(name)/\(file)\(checksumEndings[0])'")
        }
        let checksum = String(decoding: try contents(checksumPath).filter { $0 > 32 }, as: UTF8.self)
        guard ImportSource.matches(MD5.digest(bytes), checksum) else {
            throw ImportSourceError(.corrupt, "'\(name)/\(file).json' does not fit its checksum")
        }
        return bytes
    }

    /// Whether a digest is the one that is written, in Base64 or hexadecimal.
    static func matches(_ digest: [UInt8], _ text: String) -> Bool {
        if text.lowercased() == digest.rawSpan.hexadecimal { return true }
        var base64: [UInt8] = []
        Base64.append(digest, to: &base64)
        return text.utf8.elementsEqual(base64)
    }

    private static func contents(_ path: String) throws(KeyValueError) -> [UInt8] {
        let file = try FileReader(path: path)
        var bytes: [UInt8] = []
        while true {
            let piece = try file.next()
            if piece.isEmpty || bytes.count > ImportRecords.byteLimit { return bytes }
            bytes += piece
        }
    }

    private static func json(_ bytes: [UInt8], _ name: String) throws -> Value {
        do { return try Value(json: bytes) } catch { throw damaged(name) }
    }

    private static func damaged(_ name: String) -> ImportSourceError {
        ImportSourceError(.corrupt, "'\(name)' is no manifest of an export")
    }

    private static let summaryName = "manifest-summary.json"
}
