import TableIO

extension BehaviourRules {
  /// Jobs: the phase is looked at before the result, redirects are followed, jobs that are held are waited for
  /// (weaknesses 23, 24, 26, 28).
  func jobs(_ expectation: inout StepExpectation) {
    phaseFirst(&expectation)
    redirects(&expectation)
    actions(&expectation)
  }

  private func phaseFirst(_ expectation: inout StepExpectation) {
    guard let last = expectation.exchanges.lastIndex(where: { Self.isPhase($0) }) else { return }
    let exchange = expectation.exchanges[last]
    let phase = String(decoding: exchange.response.body, as: UTF8.self).uppercased().filter { !$0.isWhitespace }
    let job = String(exchange.request.path.dropLast("/phase".count))
    let results = expectation.exchanges.indices.filter {
      $0 > last && expectation.exchanges[$0].request.path.hasPrefix(job + "/results/")
    }
    switch phase {
    case "ERROR" where !results.isEmpty:
      let wrong = results.map { expectation.exchanges[$0].response }
      for index in results.reversed() { expectation.exchanges.remove(at: index) }
      if !expectation.exchanges.contains(where: { $0.request.path == job + "/error" }) {
        // The text that the service put in the result's place is what its error document says.
        expectation.add(
          "GET", job + "/error", answer: wrong.last ?? .text("no error", status: 404), at: last + 1)
      }
      let texts = expectation.exchanges.last.map(\.response).flatMap(ServerText.message)
      expectation.outcome = .error(families: [.job], texts: texts.map { [$0] } ?? [])
      expectation.rules.insert(.phaseBeforeResult)
    case "ABORTED" where !results.isEmpty:
      for index in results.reversed() { expectation.exchanges.remove(at: index) }
      expectation.outcome = .error(families: [.job], texts: [])
      expectation.rules.insert(.phaseBeforeResult)
    case "HELD", "SUSPENDED", "UNKNOWN", "ARCHIVED":
      guard !results.isEmpty, phase != "ARCHIVED" else { return }
      expectation.add("GET", exchange.request.path, answer: .text("COMPLETED"), at: last + 1)
      expectation.rules.insert(.heldJobsWaitedFor)
    default: break
    }
  }

  private static func isPhase(_ exchange: TraceExchange) -> Bool {
    exchange.request.method == "GET" && exchange.request.path.hasSuffix("/phase") && exchange.response.status == 200
  }

  /// The Python client follows twenty redirects of a result and none of a file; ours ten of either.
  private func redirects(_ expectation: inout StepExpectation) {
    guard case .error = expectation.outcome, let last = expectation.exchanges.last,
      (301...303).contains(last.response.status)
    else { return }
    let run = expectation.exchanges.reversed().prefix { (301...303).contains($0.response.status) && $0.request.method == "GET" }
    if run.count > 10 {
      expectation.optional = Set((expectation.exchanges.count - run.count + 1)..<expectation.exchanges.count)
      expectation.outcome = .error(families: [.service, .transport, .answer], texts: [])
      expectation.rules.insert(.redirectLimit)
    }
  }

  /// UWS answers 303 where all is well, and a job can be aborted while it runs.
  private func actions(_ expectation: inout StepExpectation) {
    guard step.call.jobStep != nil, ["send_parameter", "start", "abort"].contains(step.call.method) else { return }
    if let answer = step.exchanges.last?.response, answer.status == 303, case .error = expectation.outcome {
      expectation.outcome = .value(.null)
      expectation.rules.insert(.redirectsFollowed)
    }
  }
}
