import Holdings
import MASTArchive
import Reports

/// The table as text beside the page of a programme: `PPPPP.products.txt`. Source: `jwst-mast-query` 18.7.
///
/// It has a row for every `_uncal.fits` file; of an observation without one, for its first file of the lowest level.
struct ProgrammeTable {
  var record: ProgrammeRecord
  var options: WebPageOptions
  /// The folder of the page.
  var folder: String

  /// The columns it can have beside FITS keywords.
  static let columnNames = [
    "proposal_id", "obsnum", "visit", "obsID", "parent_obsid", "sca", "obs_id", "productFilename", "filetype",
    "calib_level", "dataproduct_type", "description", "filters", "dataRights", "size", "outfilename", "dl_code",
    "dl_str",
  ]

  /// The table without a newline at the end.
  var text: String {
    let rows = sorted
    // A picture's column has no place in a text.
    let pictures = Set((options.pictureTypes ?? []).map(WebPageOptions.pictureEnding))
    let names = options.tableColumns.filter {
      Self.columnNames.contains($0) || !pictures.contains(WebPageOptions.pictureEnding($0))
    }
    return TextTable(columns: names.map { column($0, rows) }).text
  }

  private var sorted: [PageFile] {
    let leads = Dictionary(grouping: record.files, by: \.observation).flatMap { _, files in
      let raw = files.filter { $0.fileType == "_uncal.fits" }
      return raw.isEmpty ? Array(files.prefix(1)) : raw
    }
    let hasRaw = leads.contains { $0.fileType == "_uncal.fits" }
    let rows = hasRaw ? leads.filter { $0.fileType == "_uncal.fits" } : leads
    let keys = rows.map { file in
      options.tableOrder.map { key($0, file) } + [.text(file.observation), .text(file.name)]
    }
    return zip(rows, keys).sorted { $0.1.lexicographicallyPrecedes($1.1) }.map(\.0)
  }

  /// What a file is sorted by: numbers before texts, what is missing last.
  private enum Key: Comparable {
    case number(Double), text(String), missing
  }

  private func key(_ name: String, _ file: PageFile) -> Key {
    switch name {
    case "obsnum": return file.obsnum.map { .number(Double($0)) } ?? .missing
    case "obsID": return file.observationKey.map { .number(Double($0)) } ?? .missing
    case "parent_obsid": return file.parentKey.map { .number(Double($0)) } ?? .missing
    case "calib_level": return file.level.map { .number(Double($0)) } ?? .missing
    case "size": return file.size.map { .number(Double($0)) } ?? .missing
    case _ where Self.columnNames.contains(name): return text(name, file).map { .text($0) } ?? .missing
    default:
      guard let value = file.keywords[name] else { return .missing }
      return value.real.map { .number($0) } ?? value.text.map { .text($0) } ?? .missing
    }
  }

  private func text(_ name: String, _ file: PageFile) -> String? {
    switch name {
    case "visit": file.visit
    case "sca": file.detector
    case "obs_id": file.observation
    case "productFilename": file.name
    case "filetype": file.fileType
    case "dataproduct_type": file.dataType
    case "description": file.summary
    case "filters": file.filters
    case "dataRights": file.rights
    case "outfilename": place(of: file)
    case "dl_str": file.isPresent ? LocalState.exists.word : nil
    default: nil
    }
  }

  /// The absolute path of a file.
  private func place(of file: PageFile) -> String {
    guard file.path.hasPrefix("../") else { return folder + "/" + file.path }
    return String(folder.prefix(upTo: folder.lastIndex(of: "/") ?? folder.startIndex)) + file.path.dropFirst(2)
  }

  private func column(_ name: String, _ rows: [PageFile]) -> TextTable.Column {
    switch name {
    case "proposal_id": .integers(name, rows.map { _ in Int64(record.program) })
    case "obsnum": .texts(name, rows.map { $0.obsnum.map(String.init) }, missing: "<NA>")
    case "obsID": .integers(name, rows.map(\.observationKey))
    case "parent_obsid": .integers(name, rows.map(\.parentKey))
    case "calib_level": .integers(name, rows.map { $0.level.map(Int64.init) })
    case "size": .integers(name, rows.map(\.size))
    case "dl_code": .integers(name, rows.map { $0.isPresent ? 2 : 0 })
    case "dl_str": .texts(name, rows.map { text(name, $0) }, missing: "None")
    case _ where Self.columnNames.contains(name): .texts(name, rows.map { text(name, $0) })
    default: .texts(name, rows.map { $0.keywords[name].flatMap(Self.cell) }, missing: "None")
    }
  }

  /// A keyword's value in a column of any values: numbers with a fraction keep a blank for their sign.
  private static func cell(_ value: FITSValue) -> String? {
    if let logical = value.logical { return logical ? "True" : "False" }
    if let integer = value.integer { return String(integer) }
    if let real = value.real, real.isFinite {
      let text = TextTable.Column.decimalText(real)
      return text.hasPrefix("-") ? text : " " + text
    }
    return value.text
  }
}
