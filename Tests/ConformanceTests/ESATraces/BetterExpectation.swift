import Foundation
import TableIO
import TestSupport

/// What a better client does where the recording shows a weakness and no rule tells (section 12 of the specification).
/// It stands in `esa_better.json`, written from the specification's column "better".
struct BetterExpectation: Sendable {
  /// The slug of the trace.
  var trace: String
  /// The number of the weakness.
  var weakness: Int
  var steps: [Int: JSONValue]

  /// All of them, by slug.
  static func all() throws -> [String: BetterExpectation] {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("esa_better.json")
    let json = try JSONValue(parsing: Array(Data(contentsOf: file)))
    var all: [String: BetterExpectation] = [:]
    for item in json.arrayValue ?? [] {
      var steps: [Int: JSONValue] = [:]
      for member in item["steps"]?.members ?? [] {
        guard let number = Int(member.name) else { throw TestSupportError("a step of esa_better.json has no number") }
        steps[number] = member.value
      }
      let better = BetterExpectation(
        trace: try item.text("trace"), weakness: Int(item["weakness"]?.integerValue ?? 0), steps: steps)
      guard all.updateValue(better, forKey: better.trace) == nil else {
        throw TestSupportError("\(better.trace) stands twice in esa_better.json")
      }
    }
    return all
  }

  /// Puts the better expectation in the place of the recorded one.
  func apply(to expectation: inout StepExpectation, step: Int, of trace: Trace) throws {
    guard let better = steps[step] else { return }
    expectation.rules = []
    if let exchanges = better["exchanges"]?.arrayValue {
      expectation.exchanges = try exchanges.map { try Self.exchange($0, trace) }
      expectation.optional = []
      BehaviourRules.checksumsAsked(&expectation, answer: .text("Unknown column \"contentchecksum\"", status: 400))
    }
    if let other = better["outcome"]?["same_as_step"]?.integerValue {
      expectation.outcome = StepExpectation(trace.steps[Int(other)]).outcome
    } else if let outcome = better["outcome"] {
      expectation.outcome = try Self.outcome(outcome)
    }
    if case .object(let files)? = better["files"] {
      expectation.files = Dictionary(files.members.map { ($0.name, $0.value.stringValue) }) { $1 }
    }
  }

  /// An exchange as in a trace; `same_as: [step, number]` takes one of the recording, `answer_of` only its answer.
  private static func exchange(_ json: JSONValue, _ trace: Trace) throws -> TraceExchange {
    func recorded(_ name: String) throws -> TraceExchange? {
      guard let place = json[name]?.arrayValue?.compactMap(\.integerValue), place.count == 2 else { return nil }
      let step = Int(place[0])
      // -1 is the last one.
      let number =
        place[1] < 0 ? (trace.steps.indices.contains(step) ? trace.steps[step].exchanges.count - 1 : 0) : Int(place[1])
      guard trace.steps.indices.contains(step), trace.steps[step].exchanges.indices.contains(number) else {
        throw TestSupportError("\(trace.id) has no exchange \(place)")
      }
      return trace.steps[step].exchanges[number]
    }
    if let same = try recorded("same_as") { return same }
    var request = try TraceRequest(json: json.member("request"))
    request.parts = try request.parts?.enumerated().map { index, part in
      var part = part
      // A file that is sent inflated.
      if let path = json["request"]?.list("multipart")[index]["inflated_file"]?.stringValue {
        guard let bytes = trace.filesPresentBefore.first(where: { $0.path == path })?.bytes else {
          throw TestSupportError("\(trace.id) has no file \(path)")
        }
        part.value = ServerText.inflated(bytes)
      }
      return part
    }
    let response = try recorded("answer_of")?.response ?? TraceResponse(json: json.member("response"))
    return TraceExchange(request: request, response: response)
  }

  private static func outcome(_ json: JSONValue) throws -> StepExpectation.Outcome {
    if let choices = json["any_of"]?.arrayValue { return .anyOf(try choices.map(outcome)) }
    if let value = json["returned"] { return .value(value) }
    let raised = try json.member("raised")
    let families = raised.list("family").compactMap { $0.stringValue.flatMap(ErrorFamily.init) }
    guard !families.isEmpty else { throw TestSupportError("an error of esa_better.json has no known family") }
    return .error(families: Set(families), texts: raised.list("contains").compactMap(\.stringValue))
  }
}
