import CEditLine

/// What the process's surroundings say: terminals, their width, environment variables.
package enum Terminal {
    package static var inputIsTerminal: Bool { pq_is_terminal(0) != 0 }
    package static var outputIsTerminal: Bool { pq_is_terminal(1) != 0 }

    /// Columns of the terminal that standard output is; nil if it is none.
    package static var outputColumns: Int? {
        guard outputIsTerminal else { return nil }
        let columns = Int(pq_terminal_columns(1))
        return columns > 0 ? columns : 80
    }

    /// The variable's value; nil if it is unset, empty or not UTF-8.
    package static func environment(_ name: String) -> String? {
        let bytes = SystemCalls.environment(name)
        return bytes.isEmpty ? nil : String(validating: bytes, as: UTF8.self)
    }
}
