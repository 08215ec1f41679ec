// A process that writes until it is killed, for the crash tests of the storage layer.
//
//     crash-writer FILE first THREADS          writes transactions, and prints the number of each that is durable
//     crash-writer FILE first at N before|after  dies by its own hand at the N-th commit
//
// Transaction n puts item n into the tables `a` and `b` and replaces item 0 of both, so that a torn one shows.

import Foundation
import HindsightKeyValue
import HindsightStorage
import HindsightValues

func document(_ id: Int, _ value: Int) throws -> [UInt8] {
    let fields = [
        Structure.Field(name: "id", value: .int(Int64(id))), .init(name: "value", value: .int(Int64(value))),
    ]
    return try DocumentEncoder.encode(Structure(fields: fields), keyAttributes: ["id"])
}

func writeTransaction(_ number: Int, to store: Store) throws {
    try store.write(statement: "transaction \(number)") { transaction in
        for name in ["a", "b"] {
            guard let table = transaction.table(named: name) else { throw StorageError.tableNotFound(name) }
            for id in [number, 0] {
                let item = try document(id, number)
                try transaction.put(item.rawSpan, into: table)
            }
        }
    }
}

func acknowledge(_ number: Int) {
    FileHandle.standardOutput.write(Data("\(number)\n".utf8))
}

let arguments = CommandLine.arguments
guard arguments.count >= 4, let first = Int(arguments[2]) else { exit(2) }
var options = StoreOptions()
if arguments[3] == "at", arguments.count == 6, let count = Int(arguments[4]),
    let moment = CrashingInterceptor.Moment(rawValue: arguments[5])
{
    options.interceptor = CrashingInterceptor(atCall: count, moment)
}
let store = try Store.open(path: arguments[1], options: options)
let threads = Int(arguments[3]) ?? 1
for thread in 0..<threads {
    Thread.detachNewThread {
        var number = first + thread
        while true {
            do { try writeTransaction(number, to: store) } catch { exit(3) }
            acknowledge(number)
            number += threads
        }
    }
}
// Long enough for any test to kill it, and an end if none does.
sleep(60)
