internal import GRDB
internal import Holdings

/// The keywords of one file from which its product and its observation follow.
struct KeywordFacts {
  static let names = [
    "filename", "dataURI", "productLevel", "fileSize", "instrume", "exp_type", "program", "pi_name", "title",
    "category",
    "targname", "targprop", "targ_ra", "targ_dec", "targtype", "targcat", "targdesc", "filter", "pupil", "grating",
    "band",
    "channel", "expstart", "expend", "effexptm", "s_region", "publicReleaseDate_mjd", "isRestricted", "cal_ver",
    "tsovisit",
  ]

  /// The list of columns to select; what a service lacks is null.
  static func selection(_ service: KeywordService) -> String { selections[service]! }

  private static let selections = Dictionary(
    uniqueKeysWithValues: KeywordService.allCases.map { service in
      let present = Set(service.columns.map(\.name))
      let terms = names.map {
        let name = $0 == "filename" ? service.filenameColumn : $0
        return present.contains(name) ? "k." + ArchiveTable.quoted(name) : "NULL"
      }
      return (service, terms.joined(separator: ", "))
    })

  private var texts: [String: String] = [:]
  private var numbers: [String: Double] = [:]

  init(row: Row) {
    for (position, name) in Self.names.enumerated() {
      let value: DatabaseValue = row[position]
      switch value.storage {
      case .string(let text): texts[name] = text
      case .int64(let number): numbers[name] = Double(number)
      case .double(let number): numbers[name] = number
      case .null, .blob: break
      }
    }
  }

  /// The URI, made from the name where the service did not say it.
  var dataURI: String? { texts["dataURI"] ?? texts["filename"].map { "mast:JWST/product/" + $0 } }

  /// Whether they tell who may have the file.
  var saysRights: Bool { numbers["publicReleaseDate_mjd"] != nil || numbers["isRestricted"] != nil }

  func text(_ name: String) -> String? { texts[name] }
  func number(_ name: String) -> Double? { numbers[name] }
  func integer(_ name: String) -> Int64? { numbers[name].flatMap { Int64(exactly: $0) } }
}
