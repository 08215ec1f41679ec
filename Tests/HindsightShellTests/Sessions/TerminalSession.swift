import CPseudoTerminal
import Foundation

/// `pq` on a pseudo-terminal: keys go in, and what it shows comes out.
final class TerminalSession {
    private static let patience = 10_000

    private var child: terminal_child
    /// All that was shown, without escape sequences.
    private(set) var shown = ""
    private var raw: [UInt8] = []
    /// Where in `shown` the next expectation starts to look.
    private var position = 0

    /// - Parameter environment: `NAME=value` each.
    init(_ arguments: [String], environment: [String] = [], rows: Int = 24, columns: Int = 80) {
        let words = ([BuiltProgram.path] + arguments).joined(separator: "\n")
        let variables = (["TERM=xterm", "LC_ALL=C.UTF-8"] + environment).joined(separator: "\n")
        child = unsafe terminal_spawn(words, variables, Int32(rows), Int32(columns))
    }

    deinit {
        terminal_close(child)
    }

    func send(_ keys: String) {
        let bytes = Array(keys.utf8)
        _ = unsafe terminal_write(child.terminal, bytes, Int32(bytes.count))
    }

    func resize(rows: Int, columns: Int) {
        terminal_resize(child.terminal, Int32(rows), Int32(columns))
    }

    /// Waits until `text` is shown after what was expected last.
    /// - Returns: whether it came.
    func shows(_ text: String, milliseconds: Int = patience) -> Bool {
        let deadline = Date().addingTimeInterval(Double(milliseconds) / 1000)
        repeat {
            let rest = Array(shown.utf8.dropFirst(position))
            if let found = rest.firstRange(of: Array(text.utf8)) {
                position += found.upperBound
                return true
            }
        } while readMore() && Date() < deadline
        return false
    }

    enum Signal: Int32 {
        case terminate = 15
    }

    func signal(_ signal: Signal) {
        terminal_signal(child.process, signal.rawValue)
    }

    /// The exit status, once the program has ended; nil if it does not.
    func exitStatus() -> Int? {
        let deadline = Date().addingTimeInterval(Double(Self.patience) / 1000)
        while readMore(milliseconds: 50), Date() < deadline {}
        let status = terminal_wait(child.process, 1000)
        child.process = -1
        return status < 0 ? nil : Int(status)
    }

    /// - Returns: false when the program has gone.
    private func readMore(milliseconds: Int32 = 100) -> Bool {
        var bytes = [UInt8](repeating: 0, count: 4096)
        let count = unsafe terminal_read(child.terminal, &bytes, Int32(bytes.count), milliseconds)
        guard count >= 0 else { return false }
        raw += bytes.prefix(Int(count))
        shown = Self.withoutEscapes(raw)
        return true
    }

    /// The text without `ESC [ … letter`, `ESC ] … BEL` and `ESC letter`, carriage returns and bells.
    private static func withoutEscapes(_ bytes: [UInt8]) -> String {
        var plain: [UInt8] = []
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            if byte == 0x1B, index < bytes.count {
                let isSequence = bytes[index] == UInt8(ascii: "[")
                index += 1
                while isSequence, index < bytes.count, !(0x40...0x7E).contains(bytes[index]) { index += 1 }
                if isSequence { index += 1 }
            } else if byte != 0x0D, byte != 0x07 {
                plain.append(byte)
            }
        }
        return String(decoding: plain, as: UTF8.self)
    }
}

/// The `pq` that was built with the tests.
enum BuiltProgram {
    static let path: String = {
        let bundle = Bundle.allBundles.map(\.bundleURL).first { $0.pathExtension == "xctest" }
        let folder = bundle?.deletingLastPathComponent() ?? Bundle.main.bundleURL
        return folder.appendingPathComponent("pq").path
    }()
}
