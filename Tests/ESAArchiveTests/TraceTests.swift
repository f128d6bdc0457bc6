import ESAArchive
import Foundation
import HTTPTransport
import SkyGeometry
import Synchronization
import TableIO
import TestSupport
import Testing

/// The requests that the Python client made, made by this one: recorded conversations are served again.
@Suite(.enabled(if: Shared.folder != nil)) struct TraceTests {
  /// What is done in another way on purpose, by the number of the trace. `specs/esa-client.md`, section 12, has the reasons.
  private static let deviations = [
    "175": "at a pole any right ascension is right (B-38)", "176": "at a pole any right ascension is right (B-38)",
    "182": "a negative radius is refused", "184": "levels as text are taken (B-63)", "186": "quotes are doubled (B-42)",
    "189": "an unfinished job is asked for its document, to wait as UWS 1.1 can (B-24)",
    "214": "resolvers' answers are not kept (B-64)", "215": "a failing resolver does not stop the others (B-43)",
    "217": "resolvers' answers are not kept (B-64)", "224": "nothing is asked about no planes",
    "227": "one question for several planes (B-47)",
    "235": "level 4 and levels as text are taken, types are checked first (B-48, B-63)",
    "239": "level 4 is taken (B-63)",
    "240": "quotes are doubled (B-42)", "244": "nothing is fetched for no planes",
    "248": "types are checked first (B-48)", "254": "nothing is no product (B-51)",
    "255": "an archive without files is no product", "257": "a name without folder is no fault (B-49)",
    "265": "no level above the highest is asked for (B-46)", "267": "a short file is an error (B-51)",
    "268": "a short archive is an error (B-51)", "270": "links are not unpacked (B-52)",
    "278": "names with folders are refused (B-55)", "285": "an empty name is refused (B-66)",
    "288": "nothing related is an empty list (B-57)",
  ]

  static var names: [String] {
    get throws {
      let index = try JSONValue(parsing: Array(Data(contentsOf: Shared.file(Trace.folder + "/index.json"))))
      let entries = index.arrayValue ?? index["traces"]?.arrayValue ?? []
      let wanted: Set = [
        "region", "cone", "target", "products", "download", "related", "program", "coordinates", "filters", "numeric",
        "units",
      ]
      return entries.compactMap { entry in
        let tags = (entry["tags"]?.arrayValue ?? []).compactMap(\.stringValue)
        return wanted.isDisjoint(with: tags) ? nil : entry["id"]?.stringValue
      }
    }
  }

  @Test func recordedConversations() async throws {
    let names = try Self.names
    #expect(names.count > 90)
    var compared = 0
    for name in names {
      let differences = try await replay(name, &compared)
      if let reason = Self.deviations[String(name.prefix(3))] {
        #expect(!differences.isEmpty, "\(name) is as recorded now: \(reason)")
      } else {
        #expect(differences.isEmpty, "\(name): \(differences.joined(separator: "\n"))")
      }
    }
    #expect(compared > 100)
  }

  /// Serves a conversation to our client.
  private func replay(_ name: String, _ compared: inout Int) async throws -> [String] {
    let left = Mutex<[Trace.Exchange]>([])
    let service = try FakeArchive { call, _ in
      left.withLock { left in
        let request = TraceRequest(call)
        let place =
          left.firstIndex { $0.request == request }
          ?? left.firstIndex { $0.request.method == request.method && $0.request.path == request.path }
        return place.map { left.remove(at: $0).reply } ?? .text("not recorded", status: 404)
      }
    }
    let trace = try Trace(named: name, host: service.url)
    var differences: [String] = []
    for (number, step) in trace.steps.enumerated() {
      guard let call = TraceCall(step) else { continue }
      compared += 1
      left.withLock { $0 = step.exchanges }
      let before = service.calls.count
      let scratch = try ScratchFolder()
      var failure: (any Error)?
      do { try await call.run(service.client { $0.retry = .never }, scratch.path) } catch { failure = error }
      // SIMBAD is not asked what it can do.
      let wanted = step.exchanges.map(\.request).filter { !$0.path.hasSuffix("/sim-tap/capabilities") }
      let made = service.calls.dropFirst(before).map { TraceRequest($0) }
      if made != wanted {
        differences.append("step \(number): requests\n  made   \(made)\n  wanted \(wanted)")
      }
      if (failure == nil) != (step.failure == nil) {
        differences.append("step \(number): outcome \(failure.map { "\($0)" } ?? "ok"), wanted \(step.failure ?? "ok")")
      }
    }
    return differences
  }
}
