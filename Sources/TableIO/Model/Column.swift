/// A column of a table: what VOTable's FIELD says (VOTable 1.4, section 4.1), which all other formats map to.
public struct Column: Sendable, Hashable {
  /// The name.
  public var name: String
  /// An identifier unique in the document.
  public var id: String?
  /// The type of its primitives.
  public var datatype: Datatype
  /// How many primitives a cell holds.
  public var shape: ArrayShape
  /// A type beyond the primitives, for example `timestamp` or `point`.
  public var xtype: String?
  /// The unit, in VOUnit syntax as far as the source keeps to it.
  public var unit: String?
  /// The unified content descriptor.
  public var ucd: String?
  /// The role in a data model.
  public var utype: String?
  /// The identifier of a coordinate or time system or a group.
  public var ref: String?
  /// Characters a value takes when printed.
  public var width: Int?
  /// Digits that are significant, `F3` or `E5` or a plain number, as the source spells it.
  public var precision: String?
  /// What the column holds, in a sentence.
  public var description: String?
  /// The whole number that stands for a missing value.
  public var nullLiteral: Int64?
  /// Smallest and largest possible values and the list of allowed ones, as the source spells them.
  public var domain: ValueDomain?
  /// Addresses that belong to the column.
  public var links: [Link]

  /// Describes a column.
  public init(
    _ name: String, _ datatype: Datatype, shape: ArrayShape = .scalar, id: String? = nil, xtype: String? = nil,
    unit: String? = nil, ucd: String? = nil, utype: String? = nil, ref: String? = nil, width: Int? = nil,
    precision: String? = nil, description: String? = nil, nullLiteral: Int64? = nil, domain: ValueDomain? = nil,
    links: [Link] = []
  ) {
    self.name = name
    self.id = id
    self.datatype = datatype
    self.shape = shape
    self.xtype = xtype
    self.unit = unit
    self.ucd = ucd
    self.utype = utype
    self.ref = ref
    self.width = width
    self.precision = precision
    self.description = description
    self.nullLiteral = nullLiteral
    self.domain = domain
    self.links = links
  }

  /// How many elements a cell holds, where a string counts as one element.
  public var elementShape: ArrayShape { datatype.isText ? shape.ofStrings : shape }
}

/// The values a column may have (VOTable's VALUES).
public struct ValueDomain: Sendable, Hashable {
  /// A bound and whether it belongs to the domain.
  public struct Bound: Sendable, Hashable {
    /// The value as spelled.
    public var value: String
    /// Whether the bound itself is allowed.
    public var isInclusive: Bool

    /// Describes a bound.
    public init(value: String, isInclusive: Bool = true) {
      self.value = value
      self.isInclusive = isInclusive
    }
  }

  /// The smallest value.
  public var minimum: Bound?
  /// The largest value.
  public var maximum: Bound?
  /// The allowed values, with their names where they have one.
  public var options: [(name: String?, value: String)] {
    get { zip(optionNames, optionValues).map { ($0, $1) } }
    set {
      optionNames = newValue.map(\.name)
      optionValues = newValue.map(\.value)
    }
  }
  private var optionNames: [String?]
  private var optionValues: [String]

  /// Describes a domain.
  public init(minimum: Bound? = nil, maximum: Bound? = nil, options: [(name: String?, value: String)] = []) {
    self.minimum = minimum
    self.maximum = maximum
    optionNames = options.map(\.name)
    optionValues = options.map(\.value)
  }
}

/// An address that belongs to a table or a column (VOTable's LINK).
public struct Link: Sendable, Hashable {
  /// The address.
  public var href: String?
  /// What it is for: `doc`, `query`, `location`, `type` …
  public var contentRole: String?
  /// The type of what is there.
  public var contentType: String?
  /// A title.
  public var title: String?

  /// Describes an address.
  public init(href: String?, contentRole: String? = nil, contentType: String? = nil, title: String? = nil) {
    self.href = href
    self.contentRole = contentRole
    self.contentType = contentType
    self.title = title
  }
}
