import TAP

extension ObservationFilters {
  /// The conditions in ADQL, in the order in which the archive's own clients write them.
  var conditions: [ADQLStatement] {
    var conditions: [ADQLStatement] = []
    if let observationID {
      conditions.append("observationid LIKE \(CriteriaText.pattern(observationID).lowercased())")
    }
    switch calibrationLevel {
    case .top: conditions.append("max_cal_level=calibrationlevel")
    case .level(let level): conditions.append("calibrationlevel=\(level)")
    case .any: break
    }
    if publicOnly { conditions.append("public='true'") }
    if let productType { conditions.append("dataproducttype ILIKE \(Self.holding(productType.rawValue.lowercased()))") }
    if let instrument { conditions.append("instrument_name ILIKE \(Self.holding(instrument.rawValue.uppercased()))") }
    if let filter { conditions.append("energy_bandpassname ILIKE \(CriteriaText.pattern(filter))") }
    if let programme { conditions.append(ProgrammeNumber(programme).condition) }
    return conditions
  }

  private static func holding(_ word: String) -> String { "%\(word)%" }
}
