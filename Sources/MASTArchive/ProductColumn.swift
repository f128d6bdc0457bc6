public import Holdings

/// A column of the table of products: one of the archive's, or one derived from its names. Source: `jwst-mast-query` 11.
public struct ProductColumn: Sendable, Hashable {
  /// The name, for example `obs_id` or `filetype`.
  public let name: String

  /// The column of a name.
  /// - Returns: `nil` when products have no such column.
  public init?(_ name: String) {
    guard Self.names.contains(name) else { return nil }
    self.name = name
  }

  private init(known name: String) { self.name = name }

  /// The names of all columns, the archive's first.
  public static let names =
    Product.columns.map(\.name) + ["filetype", "sca", "visit", "jpg", "fits", "obsnum"] + [
      "outfilename", "dl_code", "dl_str",
    ]

  /// By calibration level, file type, programme and observation number.
  public static let usualOrder = ["calib_level", "filetype", "proposal_id", "obsnum"].map(ProductColumn.init(known:))

  /// The columns shown when nothing else is asked for.
  public static let usual = [
    "proposal_id", "obsnum", "obsID", "parent_obsid", "obs_id", "sca", "visit", "dataproduct_type", "filetype",
    "calib_level", "size", "outfilename", "dl_code", "dl_str",
  ].map(ProductColumn.init(known:))

  /// Whether the column tells of the disk, so that it is not known while products are chosen.
  public var isLocal: Bool { ["outfilename", "dl_code", "dl_str"].contains(name) }

  /// The value of the column; null for columns that tell of the disk.
  public func cell(of entry: ProductEntry) -> Cell {
    switch name {
    case "proposal_id": Cell(entry.program)
    case "obsnum": Cell(entry.obsnum)
    case "filetype": Cell(entry.fileType)
    case "sca": Cell(entry.sca)
    case "visit": Cell(entry.visit)
    case "jpg": .boolean(entry.isJPEG)
    case "fits": .boolean(entry.fileType?.hasSuffix(".fits") ?? false)
    default: entry.product.cell(named: name) ?? .null
    }
  }
}

extension Cell {
  init(_ number: Int?) { self = number.map { .integer(Int64($0)) } ?? .null }
  init(_ text: String?) { self = text.map { .text($0) } ?? .null }
}
