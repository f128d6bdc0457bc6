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
