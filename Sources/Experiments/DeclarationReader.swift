// From the bytes of a YAML file to a checked Declaration. Each part is read by a reader of its own, which adds what is
// wrong to one list of problems and goes on; parts that stand on others (exclusions on factors, hypotheses on all) are
// read once those are whole, so that one slip is not reported as ten. Nothing here runs, resolves or guesses: a level
// is the text that was written.

import Quantities
import TraceModel

/// Reads experiment declarations.
public enum DeclarationReader {
    /// Reads the declaration in a file, and the files that it names.
    ///
    /// - Parameter path: A regular file of at most 1 MiB with the ending `.yaml`.
    /// - Throws: All that is wrong with it, up to ``DeclarationErrors/limit`` errors, each with its place.
    public static func read(path: String) throws(DeclarationErrors) -> Declaration {
        try read(bytes: bytes(path: path), path: path)
    }

    /// The bytes of a declaration's file: a regular file of at most 1 MiB.
    public static func bytes(path: String) throws(DeclarationErrors) -> [UInt8] {
        do {
            return try SourceFile.bytes(path: path)
        } catch {
            throw DeclarationErrors(
                errors: [DeclarationError(file: path, position: .start, message: "the file \(error.message)")])
        }
    }

    /// Reads a declaration from bytes, and the files that it names from beside the path.
    ///
    /// - Throws: All that is wrong with it, up to ``DeclarationErrors/limit`` errors, each with its place.
    public static func read(bytes: [UInt8], path: String) throws(DeclarationErrors) -> Declaration {
        let folder = folder(of: path)
        return try read(bytes: bytes, path: path) { name throws(FileFailure) in
            let file = folder + name
            // A symbolic link may lead out of the folder although the name does not.
            let home = SourceFile.resolved(folder.isEmpty ? "." : folder)
            if let home, let target = SourceFile.resolved(file), target != home,
                !target.hasPrefix(home == "/" ? home : home + "/")
            {
                throw FileFailure(message: "is a link that leads out of the declaration's folder")
            }
            return try SourceFile.bytes(path: file)
        }
    }

    /// Reads a declaration from bytes, without touching the file system itself.
    ///
    /// - Parameters:
    ///   - path: What errors call the file; its last part less `.yaml` is the experiment's name.
    ///   - loadReference: Gives the bytes of a reference file or an observer's script by its path relative to the declaration's
    ///     folder; nil to do without both.
    /// - Throws: All that is wrong with it, up to ``DeclarationErrors/limit`` errors, each with its place.
    public static func read(
        bytes: [UInt8], path: String, loadReference: ((String) throws(FileFailure) -> [UInt8])?
    ) throws(DeclarationErrors) -> Declaration {
        let problems = ProblemList(file: path)
        let name = name(of: path, problems)
        do {
            let text = try SourceFile.text(of: bytes, file: path)
            let root = try YAMLDocument.root(of: text, file: path)
            let declaration = declaration(root, name: name, folder: folder(of: path), problems, loadReference)
            if problems.isEmpty, let declaration { return declaration }
        } catch {
            problems.add(error)
        }
        throw problems.collected()!  // Each part that is nil has said why.
    }

    private static func declaration(
        _ root: SourceNode, name: String, folder: String, _ problems: ProblemList,
        _ loadReference: ((String) throws(FileFailure) -> [UInt8])?
    ) -> Declaration? {
        let nodes = NodeReader(problems: problems)
        guard let fields = nodes.fields(of: root, as: keys(of: root)) else { return nil }
        let question = fields["question"].flatMap { nodes.line($0, what: "'question'") }
        let program = fields["program"].flatMap { self.program($0, nodes) }
        // Of a command that cannot be read nothing is known by which the rest could be judged.
        if program == nil, case .mapping = fields["program"]?.content { return nil }
        let factorReader = FactorReader(nodes: nodes, program: program)
        let fixed = fields["fixed"].map { factorReader.fixed($0) } ?? []
        let factors = fields["factors"].map { factorReader.factors($0, fixed: fixed.map(\.name)) } ?? []
        let hasTrace = program?.source ?? .trace == .trace
        let stages: [Stage]? =
            hasTrace || fields["stages"] != nil ? fields["stages"].flatMap { nodes.names($0, what: "stage") } : []
        let pairings: [PairingKey]? =
            fields["pairings"].map { nodes.names($0, what: "pairing") } ?? (hasTrace ? [.request] : [])
        let reference = fields["reference"].flatMap { node in
            loadReference.flatMap {
                ReferenceReader(nodes: nodes, program: program, folder: folder, load: $0).reference(node)
            }
        }

        // From here on the factors count: without them neither cells nor what speaks of them can be judged.
        var declaration = Declaration(
            name: name, question: question ?? "", program: program ?? .systemSimulator, fixed: fixed,
            factors: factors ?? [], schedules: [:], stages: stages ?? [], pairings: pairings ?? [],
            reference: reference)
        let limitReader = LimitReader(nodes: nodes, source: program?.source ?? .trace)
        if let node = fields["limits"] { declaration.limits = limitReader.limits(node) }
        if let node = fields["exclude-trials"] { declaration.trialExclusions = limitReader.exclusions(node) }
        if factors != nil, let node = fields["exclude"] {
            declaration.exclusions = factorReader.exclusions(node, of: declaration)
        }
        let observerReader = ObserverReader(nodes: nodes, folder: folder, load: loadReference)
        if let node = fields["observers"] { declaration.observers = observerReader.observers(node) }
        let places = ParameterPlaces(
            fixed: fields["fixed"], factorsNode: fields["factors"], factors: declaration.factors)
        if factors != nil, problems.isEmpty { observerReader.check(declaration, places, at: fields["observers"]) }
        if factors != nil, let command = program?.command, let node = fields["program"] {
            CommandReader(nodes: nodes, node: node).complain(of: command, declaration, fields, places)
        }
        if factors != nil, program == .systemSimulator {
            complain(aboutTogether: declaration, places, at: (fields["factors"] ?? fields["fixed"])?.position, problems)
            if let node = fields["stages"] { complain(aboutResponses: node, declaration, problems) }
        }
        let cells = factors == nil ? nil : declaration.cells
        let isVirtual = cells?.allSatisfy { $0.isVirtual(of: declaration.program.text) } ?? false
        let unnamed: Int64? = program?.command == nil ? nil : 0
        declaration.schedules = ScheduleReader(nodes: nodes, isVirtual: isVirtual, unnamed: unnamed).schedules(
            of: fields, cellCount: cells?.count)
        if factors != nil, stages != nil, pairings != nil, !declaration.cells.isEmpty, let node = fields["hypotheses"] {
            declaration.hypotheses = HypothesisReader(
                nodes: nodes, factorReader: factorReader, declaration: declaration
            ).hypotheses(node)
        }
        if stages != nil, let node = fields["gate"] {
            declaration.gate = GateReader(
                nodes: nodes,
                metrics: MetricReader(problems: problems, program: declaration.program, stages: declaration.stages)
            ).gate(node)
        }
        return problems.isEmpty ? declaration : nil
    }

    /// The first cell's parameters that do not go together; one that does nothing at its own place.
    private static func complain(
        aboutTogether declaration: Declaration, _ places: ParameterPlaces, at position: SourcePosition?,
        _ problems: ProblemList
    ) {
        let complaints = declaration.cells.map { SimulatorParameters.complaint(aboutTogether: $0.parameters) }
        guard let index = complaints.firstIndex(where: { $0 != nil }), let complaint = complaints[index] else { return }
        let cell = declaration.cells[index]
        let isEverywhere = complaints.allSatisfy { $0 == complaint }
        let title = cell.choices.map { "\($0.factor) \($0.label)" }.joined(separator: ", ")
        let sentence = complaint.sentence(cellTitle: isEverywhere ? nil : title)
        var place = position ?? .start
        if case .idle(let name, _, _, _) = complaint { place = places.position(of: name, in: cell) ?? place }
        problems.add(sentence, at: place)
    }

    /// Responses without a single cell that could have one.
    private static func complain(aboutResponses node: SourceNode, _ declaration: Declaration, _ problems: ProblemList) {
        guard declaration.stages.contains(.response), !declaration.cells.isEmpty,
            declaration.cells.allSatisfy({ $0.isClosedLoop(of: declaration.program.text) }),
            case .sequence(let elements) = node.content
        else { return }
        let place = elements.first { $0.content == .scalar(Stage.response.rawValue, isPlain: true) } ?? node
        problems.add(
            "'response' has no values where every cell is a closed loop: use 'request', or an open loop (arrivals)",
            at: place.position)
    }

    /// Which keys are required depends on where the figures come from.
    private static func keys(of root: SourceNode) -> DeclarationKeys.Mapping {
        guard let program = root.value(under: "program"), case .mapping = program.content else {
            return DeclarationKeys.declarationOfTrace
        }
        let isTrace = program.value(under: "metrics")?.isText(FigureSource.trace.rawValue) ?? false
        return isTrace ? DeclarationKeys.declarationOfTracingCommand : DeclarationKeys.declaration
    }

    private static func program(_ node: SourceNode, _ nodes: NodeReader) -> Program? {
        if case .mapping = node.content {
            return CommandReader(nodes: nodes, node: node).command().map(Program.command)
        }
        guard let text = nodes.line(node, what: "'program'") else { return nil }
        if text == Program.systemSimulator.text { return .systemSimulator }
        if text.contains("/"), !text.hasSuffix("/") { return .path(text) }
        let nearest =
            nearestName(to: text, among: [Program.systemSimulator.text]).map { "; did you mean '\($0)'?" } ?? ";"
        nodes.problems.add(
            "unknown program \(text.quoted)\(nearest) allowed: system-simulator, or the path of a program with a '/' "
                + "in it, as in ./my-program", at: node.position)
        return nil
    }

    /// The experiment's name, which becomes the name of a folder.
    private static func name(of path: String, _ problems: ProblemList) -> String {
        let file = path.split(separator: "/").last.map(String.init) ?? path
        guard file.hasSuffix(".yaml") else {
            problems.add("the file's name does not end in '.yaml'; rename it", at: .start)
            return file
        }
        let name = String(file.dropLast(5))
        if !name.isKebabCase || name.count > 80 {
            problems.add(
                "the file's name is the experiment's: small letters and digits in words joined by '-', at most 80 "
                    + "characters, found \(name.quoted)", at: .start)
        }
        return name
    }

    /// The path up to and including its last slash; empty if there is none.
    private static func folder(of path: String) -> String {
        path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
    }
}
