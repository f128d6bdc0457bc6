/// A column of a result: its name and what VOTable says of it.
public struct ResultColumn: Hashable, Sendable {
  /// The name: an alias or a column as the query writes it, or one that was made up.
  public var name: String
  /// The type.
  public var type: ADQLType
  /// The VOTable datatype.
  public var datatype: String
  /// The VOTable arraysize; nil for a scalar.
  public var arraySize: String?
  /// The VOTable xtype.
  public var xtype: String?
  /// The unit.
  public var unit: String?
  /// What it measures, in words of the UCD vocabulary.
  public var ucd: String?
  /// Its place in a data model.
  public var utype: String?
  /// What it means.
  public var description: String?
  /// Whether the query wrote the name without quotes: then its case does not count where the column is named again.
  var foldsCase = false

  /// A column with nothing but a type.
  init(name: String, type: ADQLType) {
    self.name = name
    self.type = type
    (datatype, arraySize, xtype) = type.votable
  }

  /// A column that is one of a table.
  init(_ column: Schema.Column) {
    self.init(name: column.name, type: column.type)
    if let declared = column.datatype {
      datatype = declared
      arraySize = column.arraySize
      xtype = column.xtype
    } else {
      arraySize = column.arraySize ?? arraySize
      xtype = column.xtype ?? xtype
    }
    unit = column.unit
    ucd = column.ucd
    utype = column.utype
    description = column.description
  }
}

extension ResultColumn {
  /// The column that holds values of both, as for a UNION, called like this one; nil when there is none. What VOTable says of it stays when
  /// both agree: else values of one side would not fit into what the other declares.
  func joined(with other: ResultColumn) -> ResultColumn? {
    guard let type = type.joined(with: other.type) else { return nil }
    if other.type == .unknown { return self }
    var column = self
    if self.type == .unknown {
      column = other
      (column.name, column.foldsCase) = (name, foldsCase)
      return column
    }
    if type != self.type || (datatype, arraySize, xtype) != (other.datatype, other.arraySize, other.xtype) {
      // Arrays are nothing but what they are declared as.
      guard type != .opaque else { return nil }
      column.type = type
      (column.datatype, column.arraySize, column.xtype) = type.votable
    }
    if unit != other.unit { column.unit = nil }
    return column
  }

  /// The type for a message; that of an array tells of what.
  var typeName: String { type == .opaque ? "\(datatype)[\(arraySize ?? "1")]" : type.name }
}
