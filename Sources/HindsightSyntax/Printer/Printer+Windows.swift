/// Calls with OVER, windows and frames.
extension Printer {
    mutating func print(_ call: FunctionCall, over window: WindowReference) {
        print(call)
        write(" OVER ")
        switch window {
        case .named(let name): print(name)
        case .inline(let definition): print(definition)
        }
    }

    mutating func print(_ window: WindowDefinition) {
        var separator = "("
        if let base = window.base {
            write("(")
            print(base)
            separator = " "
        }
        if !window.partition.isEmpty {
            write("\(separator)PARTITION BY ")
            expressions(window.partition)
            separator = " "
        }
        if !window.order.isEmpty {
            write("\(separator)ORDER BY ")
            list(window.order) { $0.print($1) }
            separator = " "
        }
        if let frame = window.frame {
            write(separator)
            print(frame)
            separator = " "
        }
        write(separator == "(" ? "()" : ")")
    }

    private mutating func print(_ frame: WindowFrame) {
        write(frame.unit.rawValue)
        if let end = frame.end {
            write(" BETWEEN")
            print(frame.start)
            write(" AND")
            print(end)
        } else {
            print(frame.start)
        }
        if let exclusion = frame.exclusion { write(" EXCLUDE \(exclusion.rawValue)") }
    }

    private mutating func print(_ bound: WindowFrame.Bound) {
        write(" ")
        switch bound {
        case .unboundedPreceding: write("UNBOUNDED PRECEDING")
        case .preceding(let offset):
            printArithmetic(offset)
            write(" PRECEDING")
        case .currentRow: write("CURRENT ROW")
        case .following(let offset):
            printArithmetic(offset)
            write(" FOLLOWING")
        case .unboundedFollowing: write("UNBOUNDED FOLLOWING")
        }
    }
}
