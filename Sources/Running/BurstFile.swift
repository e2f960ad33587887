import SystemPackage

/// What a burst is to run, as `assay-launcher` reads it: fields that a NUL ends each. `Sources/assay-launcher/burst.c` has
/// the form.
struct BurstFile: Equatable {
    let bytes: [UInt8]

    init(_ commands: [Command], order: [Int]) {
        precondition(order.allSatisfy(commands.indices.contains), "a run of a command that is not there")
        var bytes: [UInt8] = []
        func add(_ field: String) {
            precondition(!field.utf8.contains(0), "a word of a command holds a NUL: \(field)")
            bytes += field.utf8
            bytes.append(0)
        }
        add("\(commands.count)")
        for command in commands {
            add("\(command.arguments.count + 1)")
            add(command.program.string)
            command.arguments.forEach(add)
        }
        add("\(order.count)")
        for index in order { add("\(index)") }
        self.bytes = bytes
    }
}
