/// One change of the description of a user's own table.
public struct TableChange: Sendable, Hashable {
  /// What is changed, and to what.
  public enum Value: Sendable, Hashable {
    /// The column's place in a data model.
    case utype(String)
    /// The column's meaning in the controlled vocabulary.
    case ucd(String)
    /// What the service uses the column for; `.none` takes that away.
    case flags(ColumnFlag)
    /// Whether the service keeps an index of the column.
    case indexed(Bool)

    /// The field's name in commands: `utype`, `ucd`, `flags` or `indexed`.
    public var field: String {
      switch self {
      case .utype: "utype"
      case .ucd: "ucd"
      case .flags: "flags"
      case .indexed: "indexed"
      }
    }
  }

  /// The column's name.
  public var column: String
  /// What is changed, and to what.
  public var value: Value

  /// Describes a change.
  public init(_ column: String, _ value: Value) {
    self.column = column
    self.value = value
  }

  /// Reads a change as commands give it.
  /// - Parameters:
  ///   - column: the column's name.
  ///   - field: `utype`, `ucd`, `flags` or `indexed`.
  ///   - text: the new value; `true` or `false` for `indexed`.
  /// - Throws: ``TAPError`` of kind `.badRequest` for another field or another value of `indexed`.
  public init(column: String, field: String, text: String) throws(TAPError) {
    let value: Value
    switch field.lowercased() {
    case "utype": value = .utype(text)
    case "ucd": value = .ucd(text)
    case "flags": value = .flags(ColumnFlag(word: text))
    case "indexed":
      switch text.lowercased() {
      case "true", "yes", "1": value = .indexed(true)
      case "false", "no", "0": value = .indexed(false)
      default:
        throw TAPError(.badRequest, "'\(text)' does not say whether '\(column)' is indexed. Write true or false.")
      }
    default:
      throw TAPError(
        .badRequest, "A column has no field '\(field)' to change. Change its utype, ucd, flags or indexed.")
    }
    self.init(column, value)
  }
}

/// What the service uses a column of a user's table for. More may come.
public struct ColumnFlag: RawRepresentable, Sendable, Hashable {
  /// The service's word.
  public var rawValue: String

  /// A use by the service's word.
  public init(rawValue: String) { self.rawValue = rawValue }

  /// Nothing in particular.
  public static let none = ColumnFlag(rawValue: "")
  /// Right ascension.
  public static let ra = ColumnFlag(rawValue: "Ra")
  /// Declination.
  public static let dec = ColumnFlag(rawValue: "Dec")
  /// Flux.
  public static let flux = ColumnFlag(rawValue: "Flux")
  /// Magnitude.
  public static let mag = ColumnFlag(rawValue: "Mag")
  /// Primary key.
  public static let primaryKey = ColumnFlag(rawValue: "PK")

  /// A use by its word in any case.
  init(word: String) {
    let known = [ColumnFlag.ra, .dec, .flux, .mag, .primaryKey]
    self = known.first { $0.rawValue.lowercased() == word.lowercased() } ?? ColumnFlag(rawValue: word)
  }

  /// A use by the number that the service's list of tables has; `nil` for none of these.
  init?(code: Int) {
    switch code {
    case 1, 33: self = .ra
    case 2, 34: self = .dec
    case 4, 38: self = .flux
    case 8, 40: self = .mag
    case 16, 48: self = .primaryKey
    default: return nil
    }
  }

  /// Whether the service always indexes such a column.
  var isIndexed: Bool { [.ra, .dec, .primaryKey].contains(self) }
}
