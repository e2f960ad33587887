import Quantities
import TraceModel

/// One experiment as its file declares it: a question, what to run, what to vary, and what is expected beforehand.
///
/// Values here are checked: names resolve, parameters fit the program, every hypothesis speaks of a declared factor.
public struct Declaration: Sendable, Equatable {
    /// The experiment's name: the file's name without `.yaml`, and the name of its folder under `Results`.
    public var name: String
    public var question: String
    public var program: Program
    /// Parameters that all trials share, in the order declared.
    public var fixed: [Parameter]
    /// What is varied. The cells are the cross product, less the exclusions.
    public var factors: [Factor]
    /// Combinations that are left out; a combination matches when all of its levels do.
    public var exclusions: [[LevelChoice]]
    /// How often and how long, for each profile; always holds `full`.
    public var schedules: [String: Schedule]
    /// The stages that the report shows, in its order.
    public var stages: [Stage]
    /// The pairings that the report sets side by side, in its order.
    public var pairings: [PairingKey]
    public var hypotheses: [Hypothesis]
    /// What the audits hold figures against.
    public var limits: Limits
    /// By which rules a trial does not count, in the order declared; empty where every trial does.
    public var trialExclusions: [TrialExclusion]
    /// What a change is judged by; nil where none is declared.
    public var gate: GateDeclaration?
    /// Who may watch the program from outside, in the order declared; the cells say who does.
    public var observers: [Observer]
    public var reference: Reference?

    public init(
        name: String, question: String, program: Program, fixed: [Parameter], factors: [Factor],
        exclusions: [[LevelChoice]] = [], schedules: [String: Schedule], stages: [Stage], pairings: [PairingKey],
        hypotheses: [Hypothesis] = [], limits: Limits = Limits(), trialExclusions: [TrialExclusion] = [],
        observers: [Observer] = [], gate: GateDeclaration? = nil, reference: Reference? = nil
    ) {
        self.name = name
        self.question = question
        self.program = program
        self.fixed = fixed
        self.factors = factors
        self.exclusions = exclusions
        self.schedules = schedules
        self.stages = stages
        self.pairings = pairings
        self.hypotheses = hypotheses
        self.limits = limits
        self.trialExclusions = trialExclusions
        self.gate = gate
        self.observers = observers
        self.reference = reference
    }
}
