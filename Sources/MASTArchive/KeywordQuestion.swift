import Holdings

/// A question to one keyword service for the files of some programmes.
struct KeywordQuestion: Sendable, Hashable {
  var service: KeywordService
  var programs: [Int]
  /// Start times of the exposures asked for.
  var window: TimeWindow

  /// How many programmes go into one question when a window keeps the answer small.
  private static let programsAtOnce = 20

  /// The questions whose answers together hold the files of observations: one an instrument and programme; in a window of time
  /// one an instrument and twenty programmes.
  static func questions(
    about observations: [Observation], guideStars: Bool, window: TimeWindow
  ) -> [KeywordQuestion] {
    var programs: [KeywordService: Set<Int>] = [:]
    for observation in observations {
      guard let program = observation.proposal_id.flatMap({ Int($0) }),
        let instrument = observation.instrument_name?.split(separator: "/").first?.lowercased()
      else { continue }
      if let instrument = Instrument(rawValue: instrument) {
        programs[KeywordService(instrument), default: []].insert(program)
      }
      if guideStars { programs[.guideStar, default: []].insert(program) }
    }
    return programs.sorted { $0.key.rawValue < $1.key.rawValue }.flatMap { service, programs in
      let programs = programs.sorted()
      let size = window.isUnbounded ? 1 : programsAtOnce
      return stride(from: 0, to: programs.count, by: size).map { start in
        KeywordQuestion(
          service: service, programs: Array(programs[start..<min(start + size, programs.count)]), window: window)
      }
    }
  }

  /// The two halves of a question about several programmes.
  var halves: [KeywordQuestion] {
    guard programs.count > 1 else { return [] }
    let middle = programs.count / 2
    return [programs[..<middle], programs[middle...]].map {
      KeywordQuestion(service: service, programs: Array($0), window: window)
    }
  }

  var request: InvokeRequest {
    var filters = [InvokeFilter("program", .values(programs.map(String.init)))]
    // Guide-star files have no exposure start; a combination's start may differ a little between CAOM and its header.
    if !window.isUnbounded, service != .guideStar {
      filters.append(
        InvokeFilter("expstart", .range(min: window.earliest.map { $0 - 1 }, max: window.latest.map { $0 + 1 })))
    }
    return InvokeRequest(service: service.serviceName, columns: FileRecord.columns(of: service), filters: filters)
  }
}
