/// A keyword of a FITS header.
struct FITSCard: Sendable, Hashable {
  enum Value: Sendable, Hashable {
    case text(String)
    case integer(Int64)
    case real(Double)
    case logical(Bool)
    /// A comment line without a value.
    case remark
  }

  var name: String
  var value: Value
  var comment: String

  init(_ name: String, _ value: Value, _ comment: String = "") {
    self.name = name
    self.value = value
    self.comment = comment
  }

  init(_ name: String, _ text: String, _ comment: String = "") { self.init(name, .text(text), comment) }
  init(_ name: String, _ number: Int, _ comment: String = "") { self.init(name, .integer(Int64(number)), comment) }
  init(_ name: String, _ number: Double, _ comment: String = "") { self.init(name, .real(number), comment) }
  init(_ name: String, _ flag: Bool, _ comment: String = "") { self.init(name, .logical(flag), comment) }

  static func remark(_ text: String) -> Self { Self("COMMENT", .remark, text) }
}
