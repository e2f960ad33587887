import ArgumentParser
import Quantities

/// Finds a command that is not there before the argument parser does, which would call it an unexpected argument and suggest
/// nothing.
enum UnknownCommand {
    /// As in `there is no command 'adit'; did you mean 'audit'? The commands are: doctor, plan, …`; nil where every word in
    /// the place of a command is one. Options are left to the argument parser.
    static func complaint(
        about arguments: some Sequence<String>, in root: any ParsableCommand.Type = AssayCommand.self
    ) -> String? {
        var command = root
        for argument in arguments {
            let subcommands = command.configuration.subcommands
            guard !subcommands.isEmpty, !argument.hasPrefix("-"), argument != "help" else { return nil }
            guard let next = subcommands.first(where: { $0.configuration.commandName == argument }) else {
                let names = subcommands.compactMap { $0.configuration.commandName }
                let nearest = nearestName(to: argument, among: names).map { "; did you mean '\($0)'?" } ?? "."
                return "there is no command '\(argument)'\(nearest) The commands are: \(names.joined(separator: ", "))"
            }
            command = next
        }
        return nil
    }
}
