internal import GRDBSQLite

/// Conversions between types (CAST, ADQL 2.1, section 4.2.6). What cannot be converted is NULL.
extension SQLFunction {
  static let conversions: [SQLFunction] = [
    SQLFunction("integer", 2) { call in
      // The second argument is the number of bits.
      guard let value = call.integer(0) ?? call.double(0).flatMap(rounded), let bits = call.integer(1) else {
        return call.give(Int64?.none)
      }
      let limit = Int64(1) << max(0, min(62, bits - 1))
      call.give(bits >= 64 || (-limit..<limit).contains(value) ? value : nil)
    },
    SQLFunction("double", 1) { call in call.give(call.double(0)) },
    SQLFunction("real", 1) { call in call.give(call.double(0).map { Double(Float($0)) }) },
    SQLFunction("text", 1) { call in
      if call.storage(0) == SQLITE_FLOAT { return call.give(call.double(0).map(text)) }
      call.give(call.text(0))
    },
    SQLFunction("text", 2) { call in
      let whole = call.storage(0) == SQLITE_FLOAT ? call.double(0).map(text) : call.text(0)
      guard let whole, let length = call.integer(1) else { return call.give(String?.none) }
      call.give(String(String.UnicodeScalarView(whole.unicodeScalars.prefix(Int(clamping: max(0, length))))))
    },
  ]

  private static func rounded(_ value: Double) -> Int64? { Int64(exactly: value.rounded(.toNearestOrEven)) }

  /// A number as its shortest text, whole ones without a point.
  private static func text(_ value: Double) -> String {
    let text = value.description
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
