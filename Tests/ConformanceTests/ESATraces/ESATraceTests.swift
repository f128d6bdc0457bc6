import Foundation
import TestSupport
import Testing

/// Replays the recorded conversations of the Python ESA client with ours.
@Suite(.serialized) struct ESATraceTests {
  static let isOn = Shared.folder != nil || ProcessInfo.processInfo.environment["WEBB_ESA_TRACES"] != nil

  @Test(.enabled(if: isOn, "WEBB_SHARED is not set"))
  func recordedTraces() async throws {
    let deviations = try TraceDeviations.read()
    let better = try BetterExpectation.all()
    var summary = TraceSummary(deviations: deviations)
    let traces = try Trace.all()
    #expect(!traces.isEmpty, "no traces")
    for trace in traces {
      let report = try await TraceRunner(trace: trace, better: better[trace.slug]).run { server, folder in
        try ClientCaller(trace: trace, server: server, folder: folder)
      }
      summary.add(report, slug: trace.slug, isBug: trace.isBug)
    }
    print(summary.text)
    for (trace, differences) in summary.failing { Issue.record("\(trace): \(differences.joined(separator: "\n    "))") }
    for trace in summary.needlessDeviations { Issue.record("\(trace) is listed as deviating but agrees") }
  }
}
