import Mustache
public import SkyGeometry

/// The page over all programmes of a download tree.
public struct TopPage: Sendable {
  /// What is known of the programmes.
  public var records: [ProgrammeRecord]
  /// When the page is made.
  public var date: ModifiedJulianDate

  /// Describes a page.
  public init(records: [ProgrammeRecord], date: ModifiedJulianDate) {
    self.records = records.sorted { $0.program < $1.program }
    self.date = date
  }

  /// The page.
  public var html: String { PageTemplates.library.render(context, withTemplate: "top") ?? "" }

  var context: Context {
    let files = records.flatMap(\.files)
    let present = files.filter(\.isPresent)
    return Context(
      style: PageStyle.css, script: PageScript.javaScript, date: String(date.isoText(fractionDigits: 0).prefix(16)),
      facts: [
        "\(records.count) programme\(records.count == 1 ? "" : "s")", "\(files.count) files",
        "\(present.count) on disk",
        PageText.byteCount(present.reduce(0) { $0 + ($1.size ?? 0) }),
      ],
      columns: [
        .init(title: "Preview", isSortable: false), .init(title: "Programme"), .init(title: "Title"),
        .init(title: "PI"),
        .init(title: "Targets"), .init(title: "Instruments"), .init(title: "Observations"), .init(title: "Files"),
        .init(title: "On disk"), .init(title: "Latest start"),
      ],
      rows: records.map(Row.init))
  }

  struct Context {
    var style, script, date: String
    var facts: [String]
    var columns: [ProgrammePage.HeadCell]
    var rows: [Row]
  }

  struct Row {
    var program, href: String
    var preview: String?
    var cells: [String]

    init(_ record: ProgrammeRecord) {
      program = String(Int(record.program) ?? 0)
      href = PageText.address(record.program + "/index.html")
      let pictures = record.files.filter { $0.isPresent && ($0.thumbnail != nil || $0.isSmallPicture) }
      let best = pictures.max { ($0.level ?? 0, $1.name) < ($1.level ?? 0, $0.name) }
      preview = best.map { PageText.address(record.program + "/" + ($0.thumbnail ?? $0.path)) }
      let present = record.files.filter(\.isPresent).count
      cells = [
        record.title ?? "", record.investigator ?? "", PageText.list(record.files.compactMap(\.target)),
        PageText.list(record.files.compactMap { $0.instrument.map { String($0.prefix { $0 != "/" }) } }),
        String(Set(record.files.compactMap(\.obsnum)).count), String(record.files.count), String(present),
        record.files.compactMap(\.start).max().map { String($0.prefix(10)) } ?? "",
      ]
    }
  }
}
