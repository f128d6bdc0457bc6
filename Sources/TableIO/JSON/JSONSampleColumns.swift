/// Finds out what columns the first rows of JSON lines have.
struct JSONSampleColumns {
  private struct Sample {
    var scalars = CellType()
    var elements = CellType()
    var hasScalars = false
    var hasArrays = false
    /// Whether it has what only JSON in text can hold.
    var hasStructure = false
  }

  private var names: [String] = []
  private var samples: [String: Sample] = [:]

  /// Takes account of a row.
  /// - Returns: `false` when it is no JSON object.
  mutating func note(_ row: UnsafeBufferPointer<UInt8>) -> Bool {
    var scanner = JSONScanner(row)
    guard scanner.next() == .beginObject else { return false }
    var token = scanner.next()
    while token != .endObject {
      guard case .string(let range, let hasEscapes) = token, scanner.next() == .colon else { return false }
      let name = JSONCell.string(scanner, range, hasEscapes: hasEscapes) ?? ""
      if samples[name] == nil { names.append(name) }
      guard noteValue(&scanner, in: &samples[name, default: Sample()]) else { return false }
      token = scanner.next()
      if token == .comma {
        token = scanner.next()
      } else if token != .endObject {
        return false
      }
    }
    return scanner.next() == .end
  }

  private func noteValue(_ scanner: inout JSONScanner, in sample: inout Sample) -> Bool {
    let token = scanner.next()
    switch token {
    case .null: return true
    case .beginArray:
      sample.hasArrays = true
      return noteArray(&scanner, in: &sample)
    case .beginObject:
      sample.hasStructure = true
      return JSONCell.skipStructure(&scanner) != nil
    case .string(let range, _):
      sample.hasScalars = true
      sample.scalars.noteText(scanner.slice(range))
      return true
    default:
      sample.hasScalars = true
      return Self.note(token, scanner, in: &sample.scalars)
    }
  }

  private func noteArray(_ scanner: inout JSONScanner, in sample: inout Sample) -> Bool {
    var token = scanner.next()
    while token != .endArray {
      switch token {
      case .null: break
      case .string: sample.hasStructure = true
      case .beginArray, .beginObject:
        sample.hasStructure = true
        guard JSONCell.skipStructure(&scanner) != nil else { return false }
      default: guard Self.note(token, scanner, in: &sample.elements) else { return false }
      }
      token = scanner.next()
      if token == .comma {
        token = scanner.next()
      } else if token != .endArray {
        return false
      }
    }
    return true
  }

  private static func note(_ token: JSONScanner.Token, _ scanner: JSONScanner, in type: inout CellType) -> Bool {
    switch token {
    case .true_, .false_: Array("true".utf8).withUnsafeBufferPointer { type.note($0) }
    case .number(let range): type.note(scanner.slice(range))
    default: return false
    }
    return true
  }

  /// The columns, in the order in which their names first appeared.
  func columns(infersTypes: Bool) -> [Column] {
    names.map { name in
      let sample = samples[name] ?? Sample()
      let type = sample.hasArrays ? sample.elements.datatype : sample.scalars.datatype
      if !infersTypes || sample.hasStructure || sample.hasArrays && (sample.hasScalars || type.isText) {
        return Column(name, .unicodeChar, shape: .variable)
      }
      return Column(name, type, shape: type.isText || sample.hasArrays ? .variable : .scalar)
    }
  }
}
