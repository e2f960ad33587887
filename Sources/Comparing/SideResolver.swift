import Experiments
import Running
import SystemPackage

/// From what a side was given as to what it runs: finds programs, and builds revisions.
public struct SideResolver {
    private let declaration: Declaration
    private let locator: ProgramLocator
    private let report: (String) -> Void

    /// - Parameter report: Told in a sentence that a build begins.
    public init(_ declaration: Declaration, locator: ProgramLocator, report: @escaping (String) -> Void) {
        self.declaration = declaration
        self.locator = locator
        self.report = report
    }

    /// Finds or builds the program of a side.
    ///
    /// - Throws: ``RunningError`` where there is no such program or revision, or its build fails, or ``ComparisonError`` where
    ///   the program is none of the repository's.
    public func program(of source: SideSource, _ side: Side) async throws -> SideProgram {
        let command = declaration.program.command
        let declared = command?.program ?? declaration.program.text
        switch source {
        case .declared:
            return SideProgram(
                label: source.label, program: try locator.path(ofProgram: declared, command: command).string)
        case .parameters(let parameters):
            return SideProgram(
                label: source.label, program: try locator.path(ofProgram: declared, command: command).string,
                parameters: parameters)
        case .program(let path):
            return SideProgram(label: source.label, program: try locator.path(ofProgram: path).string)
        case .revision(let name):
            let builder = try await RevisionBuilder(askedFor: name)
            let hash = try await builder.hash(of: name)
            let isSimulator = declaration.program == .systemSimulator
            if command != nil, !isSimulator, !declared.contains("/") {
                throw ComparisonError.side(
                    side,
                    "is the revision \(name), and \(declared) is looked up in PATH, the same for every revision: name a program of the "
                        + "repository as the first word, as in ./server, or compare programs by their paths")
            }
            let build = declaration.gate?.build ?? (isSimulator ? RevisionBuilder.simulatorBuild : nil)
            let path = try await builder.program(declared, of: hash, named: name, builtBy: build, report: report)
            return SideProgram(label: "\(name) (\(hash.prefix(12)))", program: path.string, revision: hash)
        }
    }
}
