import Foundation
import TableIO

extension BehaviourRules {
  /// Files: they bear the name that the user gives, else the service's, and half an answer is none (weaknesses 27 to 30).
  func files(_ expectation: inout StepExpectation) {
    if case .error = expectation.outcome, !expectation.files.isEmpty {
      expectation.files = [:]
      expectation.rules.insert(.noFilesOfErrors)
    }
    names(&expectation)
    saved(&expectation)
    readBack(&expectation)
  }

  private func names(_ expectation: inout StepExpectation) {
    guard ["launch_job", "launch_job_async", "cone_search", "save_results"].contains(step.call.method),
      !step.exchanges.isEmpty, expectation.files.count == 1, let file = expectation.files.first
    else { return }
    let name = Self.name(step, wanted: trace.wantedFile(of: index))
    guard name != file.key else { return }
    expectation.files = [name: file.value]
    expectation.rules.insert(.ownFileNames)
  }

  /// The user's name, the service's, or the one that this runner gives for want of both.
  private static func name(_ step: Trace.Step, wanted: String?) -> String {
    if let wanted { return wanted }
    let field = step.exchanges.last?.response.header("Content-Disposition")
    let proposed = field.flatMap { MultipartText.parameter("filename", of: $0) }
    return proposed?.split(separator: "/").last.map { String($0) } ?? "result"
  }

  /// A table in memory can be saved.
  private func saved(_ expectation: inout StepExpectation) {
    guard step.call.method == "save_results", case .raised("AttributeError", _) = step.outcome,
      let maker = step.call.arguments.first?["$job_of_step"]?.integerValue.map({ Int($0) }),
      let answer = trace.steps[maker].exchanges.last?.response
    else { return }
    expectation.outcome = .value(.null)
    let name = Self.name(trace.steps[maker], wanted: trace.wantedFile(of: maker))
    expectation.files = [name: WorkingFolder.sum(Data(answer.body))]
    expectation.rules.insert(.resultsSaved)
  }

  /// What was saved is read from the file.
  private func readBack(_ expectation: inout StepExpectation) {
    guard let maker = step.call.jobStep, ["get_results", "get_data"].contains(step.call.method),
      trace.steps[maker].call.keywords["dump_to_file"]?.booleanValue ?? false, !step.exchanges.isEmpty
    else { return }
    expectation.exchanges = []
    expectation.optional = []
    expectation.rules.insert(.resultsSaved)
  }
}

extension Trace {
  /// The name under which a step's result is to be saved.
  func wantedFile(of index: Int) -> String? {
    let call = steps[index].call
    if let name = call.keywords["output_file"]?.stringValue { return name }
    guard call.method == "save_results", let maker = call.arguments.first?["$job_of_step"]?.integerValue else {
      return nil
    }
    return steps[Int(maker)].call.keywords["output_file"]?.stringValue
  }
}
