import HTTPTransport
public import Holdings
public import SkyGeometry
import TableIO

extension MASTClient {
  /// The observations that match, executed ones only, in archive order.
  ///
  /// Several instruments are asked for one after the other, so archive order then holds within each instrument. A region is tested
  /// here, footprint by footprint; the archive is asked for the circle around it.
  public func observations(matching criteria: ObservationCriteria) async throws -> [Observation] {
    // Planned observations have no files, and a text filter of another mission's archive may not know collections.
    try await observations(answering: try criteria.requests(), criteria) {
      ($0.calib_level ?? 0) >= 0 && $0.obsid != nil
    }
  }

  /// The observations that are planned and have not been made: they have neither dates nor files.
  /// - Parameter criteria: what to search for; its window is of no account.
  public func plannedObservations(matching criteria: ObservationCriteria) async throws -> [Observation] {
    try await observations(answering: try criteria.planRequests(), criteria) { ($0.calib_level ?? 0) < 0 }
  }

  private func observations(
    answering requests: [InvokeRequest], _ criteria: ObservationCriteria, where isWanted: (Observation) -> Bool
  ) async throws -> [Observation] {
    var observations: [Observation] = []
    for request in requests {
      observations += try await rows(answeringWithAnyColumns: request).map(Observation.init(cells:)).filter {
        isWanted($0) && criteria.covers($0)
      }
    }
    return observations
  }

  /// The position of a target, as MAST's name resolver gives it.
  /// - Parameter name: a name such as `M 16`.
  /// - Throws: ``MASTArchiveError`` of kind `.badCriteria` when no resolver knows the name.
  public func position(ofTarget name: String) async throws -> SkyPosition {
    let request = InvokeRequest(
      service: "Mast.Name.Lookup", params: ["input": .string(name), "format": .string("json")])
    for row in try await rows(answering: request) {
      guard let ra = row["ra"]?.realValue, let dec = row["decl"]?.realValue, (0..<360).contains(ra),
        (-90...90).contains(dec)
      else { continue }
      return SkyPosition(ra: ra, dec: dec)
    }
    throw MASTArchiveError(
      .badCriteria,
      "The archive's name resolver does not know \"\(name)\": check the spelling, or give a position as two numbers in degrees.",
      service: request.service)
  }

  /// All rows that answer a question for some columns; for all columns where the archive no longer has one of them.
  func rows(answeringWithAnyColumns request: InvokeRequest) async throws -> [[String: Cell]] {
    do {
      return try await rows(answering: request)
    } catch let error as MASTArchiveError
      where error.kind == .refused && error.status == nil && error.message.lowercased().contains("column")
    {
      return try await rows(answering: request.withAllColumns)
    }
  }

  /// Who the token makes the user, in the archive's words.
  /// - Throws: ``MASTArchiveError`` of kind `.badToken` when the archive does not know the token.
  public func whoAmI() async throws -> String { try await identity().name }
}

extension MASTArchiveError {
  /// Whether the question may succeed when it is cut in half.
  var isTooMuchAtOnce: Bool {
    switch kind {
    case .timedOut, .truncated: true
    // A reset in mid-answer is how MAST refuses more than it can send; a server that is not there is no reason to halve.
    case .connection: [.connectionLost, .truncated].contains((cause as? HTTPTransportError)?.kind)
    case .refused: status.map { $0 >= 500 } ?? false
    default: false
    }
  }
}
