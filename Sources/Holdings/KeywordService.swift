/// MAST's keyword services (`Mast.Jwst.Filtered.…`): one row per FITS file with its header keywords, MD5 and footprint.
public enum KeywordService: String, Sendable, Hashable, CaseIterable {
  case nircam, niriss, miri, nirspec, fgs
  case guideStar = "guidestar"

  /// The name of the service in requests, for example `Mast.Jwst.Filtered.Nircam`.
  public var serviceName: String {
    let word = self == .guideStar ? "GuideStar" : rawValue.prefix(1).uppercased() + rawValue.dropFirst()
    return "Mast.Jwst.Filtered." + word
  }

  /// The service with this name; case does not matter, as at MAST.
  public init?(serviceName: String) {
    let name = serviceName.lowercased()
    guard let found = Self.allCases.first(where: { $0.serviceName.lowercased() == name }) else { return nil }
    self = found
  }

  /// The service that holds the science files of an instrument.
  public init(_ instrument: Instrument) {
    switch instrument {
    case .nircam: self = .nircam
    case .niriss: self = .niriss
    case .miri: self = .miri
    case .nirspec: self = .nirspec
    case .fgs: self = .fgs
    }
  }

  /// The column that holds the file's name: the guide-star service spells it differently.
  public var filenameColumn: String { self == .guideStar ? "fileName" : "filename" }

  /// The service's columns in the archive's order.
  public var columns: [KeywordColumn] { Self.columnsByService[self] ?? [] }

  private static let columnsByService: [KeywordService: [KeywordColumn]] = {
    var result: [KeywordService: [KeywordColumn]] = [:]
    for group in KeywordColumnList.groups {
      let columns = group.columns.split { $0 == " " || $0 == "\n" }.map(KeywordColumn.init(entry:))
      for service in group.services { result[service, default: []] += columns }
    }
    return result
  }()
}

/// A column of a keyword service.
public struct KeywordColumn: Sendable, Hashable {
  /// The name as MAST spells it; most are FITS keywords in lower case.
  public let name: String
  /// The declared type.
  public let type: ColumnType

  init(entry: Substring) {
    let separator = entry.lastIndex(of: ":")!
    name = String(entry[..<separator])
    type =
      switch entry[separator...].dropFirst() {
      case "i": .integer
      case "f": .real
      case "b": .boolean
      case "d": .date
      default: .text
      }
  }
}

/// One row of a keyword service: values by column name; columns without a value are left out.
public struct KeywordRow: Sendable, Hashable {
  /// The service the row belongs to.
  public var service: KeywordService
  /// Values by column name.
  public var cells: [String: Cell]

  /// Makes a row of a service.
  public init(service: KeywordService, cells: [String: Cell]) {
    self.service = service
    self.cells = cells
  }

  /// The file's name.
  public var filename: String? { cells[service.filenameColumn]?.textValue }
}
