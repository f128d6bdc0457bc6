/// What a round came to: what changed, how much is in step and how sure that is.
public struct MirrorReport: Sendable {
  /// Everything but the files that were in step before and are still; in the order of the plan.
  public var changes: [MirrorChange]
  /// How many files were in step already, by how sure it is.
  public var present: [Certainty: Int]
  /// What went wrong beside single files.
  public var problems: [String]
  /// Whether nothing was done and all this is what would be.
  public var isDryRun: Bool
  /// Whether the round was broken off.
  public var wasInterrupted = false

  /// What a plan would come to if all went well.
  /// - Parameters:
  ///   - plan: the plan.
  ///   - problems: what went wrong before.
  ///   - isDryRun: whether it is not going to be carried out.
  public init(of plan: MirrorPlan, problems: [String] = [], isDryRun: Bool = true) {
    changes = plan.steps.compactMap(MirrorChange.init)
    present = [:]
    for step in plan.steps {
      if case .present(let certainty) = step.action { present[certainty, default: 0] += 1 }
    }
    self.problems = problems
    self.isDryRun = isDryRun
  }

  /// How many changes of a kind there are.
  public func count(_ kind: MirrorChange.Kind) -> Int { changes.reduce(0) { $0 + ($1.kind == kind ? 1 : 0) } }

  /// Bytes that came over the net.
  public var bytes: Int64 { changes.reduce(0) { $0 + $1.bytes } }

  /// Whether the directory is what the archive has, as far as we may have it.
  ///
  /// Files that are closed to us are told and do not count as failed, unless they are all that was asked for.
  public var isInStep: Bool {
    problems.isEmpty && !wasInterrupted && count(.failed) == 0 && !isAllWithheld
      && !changes.contains { $0.kind == .gone && $0.reason != nil }
  }

  /// Whether the archive lists files, and we may have none of them.
  public var isAllWithheld: Bool {
    count(.withheld) > 0 && present.values.allSatisfy { $0 == 0 }
      && ![.new, .reprocessed, .mended, .adopted].contains { count($0) > 0 }
  }
}
