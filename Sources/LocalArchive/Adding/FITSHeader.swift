internal import Holdings

/// The keywords of one header of a FITS file; of those that come twice the first counts. Source: FITS 4.0, section 4.
struct FITSHeader {
  private var values: [String: Cell] = [:]

  /// Reads a header.
  /// - Parameter bytes: records of 80 bytes, up to and with the one that says END.
  init(_ bytes: [UInt8]) {
    var open: String?
    for start in stride(from: 0, to: bytes.count - 79, by: 80) {
      let record = bytes[start..<start + 80]
      let name = String(decoding: record.prefix(8), as: UTF8.self).trimmed
      if name == "CONTINUE", let key = open, case .text(let text)? = values[key], text.hasSuffix("&") {
        guard case .text(let more)? = Self.value(record.dropFirst(8)) else { continue }
        values[key] = .text(String(text.dropLast()) + more)
        continue
      }
      open = nil
      guard record.dropFirst(8).prefix(2).elementsEqual([0x3d, 0x20]), values[name] == nil,
        let value = Self.value(record.dropFirst(10))
      else { continue }
      values[name] = value
      open = name
    }
    for (name, value) in values { if case .text(let text) = value { values[name] = .text(text.trimmedEnd) } }
  }

  /// The value of a keyword.
  subscript(name: String) -> Cell? { values[name] }

  func number(_ name: String) -> Double? { values[name]?.realValue }
  func integer(_ name: String) -> Int64? { values[name]?.integerValue }
  func text(_ name: String) -> String? {
    if case .text(let text)? = values[name], !text.isEmpty { text } else { nil }
  }

  /// All keywords with their values.
  var all: [String: Cell] { values }

  /// Bytes of the data that follow the header, without the padding; `nil` where the keywords make no sense.
  var dataSize: Int64? {
    guard let bits = integer("BITPIX"), [8, 16, 32, 64, -32, -64].contains(bits), let axes = integer("NAXIS"),
      (0...999).contains(axes)
    else { return nil }
    guard axes > 0 else { return 0 }
    var count: Int64 = 1
    for axis in 1...axes {
      guard let length = integer("NAXIS\(axis)"), length >= 0 else { return nil }
      let (product, overflow) = count.multipliedReportingOverflow(by: length)
      if overflow { return nil }
      count = product
    }
    let groups = integer("GCOUNT") ?? 1
    let extra = integer("PCOUNT") ?? 0
    guard groups >= 0, extra >= 0, count < 1 << 50, extra < 1 << 50, groups < 1 << 8 else { return nil }
    return (abs(bits) / 8) * groups * (extra + count)
  }

  /// The value field of a record: a text between quotes, T or F, or a number.
  private static func value(_ field: ArraySlice<UInt8>) -> Cell? {
    var field = field.drop { $0 == 0x20 }
    guard let first = field.first else { return nil }
    if first == UInt8(ascii: "'") {
      field = field.dropFirst()
      var text: [UInt8] = []
      while let byte = field.popFirst() {
        if byte == UInt8(ascii: "'") {
          guard field.first == UInt8(ascii: "'") else { break }
          field.removeFirst()
        }
        text.append(byte)
      }
      while text.last == 0x20 { text.removeLast() }
      return .text(String(decoding: text, as: UTF8.self))
    }
    let word = String(decoding: field.prefix { $0 != UInt8(ascii: "/") }, as: UTF8.self).trimmed
    if word == "T" || word == "F" { return .boolean(word == "T") }
    if let number = Int64(word) { return .integer(number) }
    return Double(word.replacing("D", with: "E")).flatMap { $0.isFinite ? .real($0) : nil }
  }
}

extension String {
  fileprivate var trimmedEnd: String {
    var text = self[...]
    while text.last == " " { text.removeLast() }
    return String(text)
  }
  fileprivate var trimmed: String { String(trimmedEnd.drop { $0 == " " }) }
}
