import Foundation
import TestSupport

/// `deviations.json` of the ESA traces: rules that hold everywhere, and single traces.
struct TraceDeviations: Decodable {
  /// A rule with its reason.
  struct Rule: Decodable {
    var rule: TraceRule
    var differs: String
    var better: String
  }

  /// A kind of call that is not made, with what there is instead.
  struct Call: Decodable {
    var call: CallReason
    var differs: String
    var better: String
  }

  /// A trace whose steps differ, with the reason.
  struct Deviation: Decodable {
    var trace: String
    var steps: [Int]
    var differs: String
    var better: String
  }

  var rules: [Rule]
  var calls: [Call]
  var esa: [Deviation]

  static func read() throws -> TraceDeviations {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("deviations.json")
    return try JSONDecoder().decode(TraceDeviations.self, from: Data(contentsOf: file))
  }
}
