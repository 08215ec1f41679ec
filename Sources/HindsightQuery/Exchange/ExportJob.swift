import HindsightKeyValue
import HindsightValues

/// Writes the files of one export beside their place, and moves them there when all is done: under the name of the
/// destination stands a whole export, or nothing.
///
///     folder/AWSDynamoDB/<id>/manifest-summary.json       what was exported
///                             manifest-summary.md5         MD5 of it, in Base64
///                             manifest-files.json          a line for each data file
///                             manifest-files.md5
///                             _started                     empty
///                             data/*.json.gz               of items; those of changes stand in AWSDynamoDB/data
final class ExportJob {
    private let plan: ExportPlan
    private let fileByteLimit: Int
    private let temporaryPath: String
    private var file: ExportFile?
    private var files: [Structure] = []
    private(set) var itemCount = 0
    private var closedBytes = 0

    var byteCount: Int { closedBytes + (file?.byteCount ?? 0) }

    /// - Throws: `.fileExists`, `.noSuchFile`, `.permissionDenied`, `.diskFull`.
    init(_ plan: ExportPlan, fileByteLimit: Int) throws(KeyValueError) {
        self.plan = plan
        self.fileByteLimit = fileByteLimit
        temporaryPath = plan.path + ".partial-" + plan.id
        do throws(KeyValueError) {
            try makeFolders()
            try openFile()
        } catch {
            discard()
            throw error
        }
    }

    private var serviceFolder: String { temporaryPath + "/AWSDynamoDB" }
    private var exportFolder: String { serviceFolder + "/" + plan.id }

    /// The folder of the data files as the manifest calls it.
    private var dataKey: String { plan.fromTime == nil ? "AWSDynamoDB/\(plan.id)/data" : "AWSDynamoDB/data" }

    private func makeFolders() throws(KeyValueError) {
        if plan.isSingleFile { return }
        try FileTree.makeFolder(temporaryPath)
        guard plan.format.isOfService else { return }
        try FileTree.makeFolder(serviceFolder)
        try FileTree.makeFolder(exportFolder)
        try FileTree.makeFolder(temporaryPath + "/" + dataKey)
        try write([], "_started")
    }

    private func openFile() throws(KeyValueError) {
        let isPacked = plan.format.isOfService || plan.path.hasSuffix(".gz")
        let opened = try ExportFile(creating: path(ofFile: files.count + 1), isPacked: isPacked)
        if !plan.columns.isEmpty {
            var header: [UInt8] = []
            CSVText.appendHeader(plan.columns, to: &header)
            try opened.add(header, isItem: false)
        }
        file = opened
    }

    private func path(ofFile number: Int) -> String {
        if plan.isSingleFile { return temporaryPath }
        let folder = plan.format.isOfService ? temporaryPath + "/" + dataKey : temporaryPath
        return folder + "/" + name(ofFile: number)
    }

    private func name(ofFile number: Int) -> String {
        let digits = String(number)
        let prefix = plan.fromTime == nil ? "part-" : plan.id + "-"
        return prefix + String(repeating: "0", count: max(0, 5 - digits.count)) + digits + plan.format.fileEnding
    }

    // MARK: Lines

    func add(_ line: [UInt8]) throws(KeyValueError) {
        if !plan.isSingleFile, let file, file.byteCount >= fileByteLimit {
            try closeFile()
            try openFile()
        }
        try file?.add(line)
        itemCount += 1
    }

    private func closeFile() throws(KeyValueError) {
        guard let file else { return }
        let digest = try file.close()
        closedBytes += file.byteCount
        var entry = Structure()
        entry.append("itemCount", .int(Int64(file.itemCount)))
        entry.append("md5Checksum", .string(Self.base64(digest)))
        entry.append("etag", .string(digest.rawSpan.hexadecimal))
        entry.append("dataFileS3Key", .string(dataKey + "/" + name(ofFile: files.count + 1)))
        files.append(entry)
        self.file = nil
    }

    // MARK: The end

    /// Writes what is still to come and gives the export its name.
    func finish(at endTime: Int64) throws(KeyValueError) -> ExportDescription {
        try closeFile()
        let description = ExportDescription(
            id: plan.id, table: plan.table, destination: plan.destination, format: plan.format.rawValue,
            view: plan.fromTime == nil ? "" : plan.view.rawValue, startTime: plan.startTime, endTime: endTime,
            fromTime: plan.fromTime, time: plan.time, itemCount: itemCount, byteCount: closedBytes)
        if plan.format.isOfService {
            var lines: [UInt8] = []
            for file in files {
                file.appendJSON(to: &lines)
                lines.append(UInt8(ascii: "\n"))
            }
            try write(lines, "manifest-files.json", checksum: "manifest-files.md5")
            var summary: [UInt8] = []
            manifest(description).appendJSON(to: &summary)
            try write(summary, "manifest-summary.json", checksum: "manifest-summary.md5")
        }
        try FileTree.move(temporaryPath, to: plan.path)
        return description
    }

    /// Removes what was written.
    func discard() {
        file = nil
        FileTree.remove(temporaryPath)
    }

    private func write(_ bytes: [UInt8], _ name: String, checksum: String? = nil) throws(KeyValueError) {
        let file = try FileWriter(creating: exportFolder + "/" + name)
        try file.write(bytes)
        try file.close()
        if let checksum { try write(Array(Self.base64(MD5.digest(bytes)).utf8), checksum) }
    }

    private func manifest(_ description: ExportDescription) -> Structure {
        var summary = Structure()
        summary.append("version", .string(plan.fromTime == nil ? "2020-06-30" : "2023-08-01"))
        summary.append("exportArn", .string(description.arn))
        summary.append("startTime", Self.time(plan.startTime))
        summary.append("endTime", Self.time(description.endTime))
        summary.append("tableArn", .string(plan.tableArn))
        summary.append("tableId", .string(plan.tableID))
        if let from = plan.fromTime {
            summary.append("exportFromTime", Self.time(from))
            summary.append("exportToTime", Self.time(plan.time))
        } else {
            summary.append("exportTime", Self.time(plan.time))
        }
        summary.append("s3Bucket", .string(plan.path.split(separator: "/").last.map(String.init) ?? ""))
        summary.append("s3Prefix", .null)
        summary.append("s3SseAlgorithm", .null)
        summary.append("s3SseKmsKeyId", .null)
        summary.append("manifestFilesS3Key", .string("AWSDynamoDB/\(plan.id)/manifest-files.json"))
        summary.append("billedSizeBytes", .int(Int64(description.byteCount)))
        summary.append("itemCount", .int(Int64(description.itemCount)))
        summary.append("outputFormat", .string(plan.format.rawValue))
        if plan.fromTime != nil {
            summary.append("outputView", .string(plan.view.rawValue))
            summary.append("exportType", .string("INCREMENTAL_EXPORT"))
        }
        return summary
    }

    private static func time(_ microseconds: Int64) -> Value {
        .string(Timestamp(clock: microseconds).description)
    }

    private static func base64(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        Base64.append(bytes, to: &text)
        return String(decoding: text, as: UTF8.self)
    }
}
