import Mustache
public import SkyGeometry

/// The page of a programme: a sky map, and for each observation number a table with pictures, keywords and links.
///
/// The page is one HTML file that needs nothing but the files it links to: it works from a disk, without scripts too, and
/// loads nothing from elsewhere. All text is escaped.
public struct ProgrammePage: Sendable {
  /// What is known of the programme.
  public var record: ProgrammeRecord
  /// What the page shows, and how.
  public var options: WebPageOptions
  /// When the page is made.
  public var date: ModifiedJulianDate

  /// Describes a page.
  public init(record: ProgrammeRecord, options: WebPageOptions = WebPageOptions(), date: ModifiedJulianDate) {
    self.record = record
    self.options = options
    self.date = date
  }

  /// The page.
  public var html: String { PageTemplates.library.render(context, withTemplate: "programme") ?? "" }

  var context: Context {
    let sections = Dictionary(grouping: record.files, by: \.obsnum).sorted { ($0.key ?? .max) < ($1.key ?? .max) }
    let present = record.files.filter(\.isPresent)
    let size = present.reduce(Int64(0)) { $0 + ($1.size ?? 0) }
    return Context(
      style: PageStyle.css, script: PageScript.javaScript, program: String(Int(record.program) ?? 0),
      title: record.title, investigator: record.investigator, date: String(date.isoText(fractionDigits: 0).prefix(16)),
      facts: [
        "\(sections.count) observation\(sections.count == 1 ? "" : "s")", "\(record.files.count) files",
        "\(present.count) on disk", PageText.byteCount(size),
      ],
      fileTypes: Set(record.files.compactMap(\.fileType)).sorted().map { String($0.drop { $0 == "_" }) },
      map: SkyMap(files: record.files).svg,
      sections: sections.map { Section(obsnum: $0.key, files: $0.value, options: options) })
  }

  struct Context {
    var style, script, program: String
    var title, investigator: String?
    var date: String
    var facts, fileTypes: [String]
    var map: String?
    var sections: [Section]
  }

  /// The table of an observation number.
  struct Section {
    var anchor, heading: String
    var facts: [String]
    var columns: [HeadCell]
    var rows: [Row]

    init(obsnum: Int?, files: [PageFile], options: WebPageOptions) {
      anchor = obsnum.map { "obs\($0)" } ?? "other"
      heading = obsnum.map { "Observation \($0)" } ?? "Without observation number"
      let keywords = options.keywords.filter { keyword in files.contains { $0.keywords[keyword] != nil } }
      columns =
        [
          HeadCell(title: "Preview", isSortable: false), HeadCell(title: "Name"), HeadCell(title: "Level"),
          HeadCell(title: "Visit"), HeadCell(title: "Detector"), HeadCell(title: "Filters"),
          HeadCell(title: "Start (UTC)"),
          HeadCell(title: "Exposure (s)"),
        ] + keywords.map { HeadCell(title: $0) } + [HeadCell(title: "Files", isSortable: false)]
      let groups = Dictionary(grouping: files, by: \.observation).sorted {
        ($0.value[0].level ?? 0, $0.key) < ($1.value[0].level ?? 0, $1.key)
      }
      rows = groups.map { Row(observation: $0.key, files: $0.value, keywords: keywords, options: options) }
      facts = [
        PageText.list(files.compactMap(\.target)), PageText.list(files.compactMap(\.instrument)),
        "\(groups.count) rows",
        "\(files.count) files",
      ].filter { !$0.isEmpty }
    }
  }

  struct HeadCell {
    var title: String
    var isSortable = true
  }

  /// The files of one observation name.
  struct Row {
    var types: String
    var previews: [Preview]
    var cells: [Cell]
    var links: [FileLink]

    init(observation: String, files: [PageFile], keywords: [String], options: WebPageOptions) {
      let levels = files.compactMap(\.level)
      func first<Value>(_ value: (PageFile) -> Value?) -> Value? { files.lazy.compactMap(value).first }
      types = files.map(\.label).joined(separator: " ")
      previews = files.filter { $0.isPresent && !$0.isSmallPicture && ($0.isPicture || $0.thumbnail != nil) }.map {
        Preview(
          href: PageText.address($0.path), source: PageText.address($0.thumbnail ?? $0.path), label: $0.label,
          width: options.figureWidth, height: options.figureHeight)
      }
      cells =
        [
          Cell(text: observation, isName: true),
          Cell(text: levels.isEmpty ? nil : Set(levels).sorted().map(String.init).joined(separator: ", ")),
          Cell(text: first(\.visit)), Cell(text: first(\.detector)), Cell(text: first(\.filters)),
          Cell(text: first(\.start).map { String($0.prefix(19)).replacing("T", with: " ") }),
          Cell(text: first(\.exposureTime).map(PageText.number)),
        ] + keywords.map { keyword in Cell(text: first { $0.keywords[keyword] }) }
      links = files.map {
        FileLink(
          href: $0.isPresent ? PageText.address($0.path) : nil, label: $0.label, name: $0.name,
          size: $0.size.map(PageText.byteCount) ?? "size unknown")
      }
    }
  }

  struct Preview {
    var href, source, label: String
    var width, height: Int?
  }

  struct Cell {
    var text: String?
    var isName = false
  }

  /// A link to a file, or its name when it is not there.
  struct FileLink {
    var href: String?
    var label, name, size: String
  }
}
