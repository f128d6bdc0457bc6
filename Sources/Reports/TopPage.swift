public import SkyGeometry

/// The page over all programmes of a download tree.
public struct TopPage: Sendable {
  /// What is known of the programmes, by number.
  public var records: [ProgrammeRecord]
  /// When the page is made.
  public var date: ModifiedJulianDate

  /// Describes a page.
  /// - Parameters:
  ///   - records: what is known of the programmes.
  ///   - date: when the page is made.
  public init(records: [ProgrammeRecord], date: ModifiedJulianDate) {
    self.records = records.sorted { $0.program < $1.program }
    self.date = date
  }

  /// The page.
  public var html: String {
    let files = records.flatMap(\.files)
    let present = files.filter(\.isPresent)
    let facts = [
      PageText.count(records.count, "programme"), PageText.count(files.count, "file"),
      "\(present.count) on disk (\(PageText.byteCount(present.reduce(0) { $0 + ($1.sizeOnDisk ?? 0) })))",
    ]
    let sortable = [
      "Programme", "Title", "PI", "Targets", "Instruments", "Observations", "Files", "On disk", "Latest start",
    ]
    let columns = [("Preview", false)] + sortable.map { ($0, true) }
    return PageFrame(title: "JWST programmes", date: date).page(
      """
      <header>
      <h1>JWST programmes</h1>
      \(PageFrame.facts(facts))
      \(PageFrame.themeButton)
      </header>
      \(PageFrame.filter(hint: "number, target, instrument …"))
      \(PageFrame.table(columns: columns, rows: records.map(Self.row)))
      """)
  }

  private static func row(_ record: ProgrammeRecord) -> HTML {
    let address = PageText.address(record.program + "/index.html")
    let pictures = record.files.filter { $0.isPresent && ($0.thumbnail != nil || $0.isSmallPicture) }
    // The highest calibration level looks best.
    let best = pictures.max { ($0.level ?? 0, $1.name) < ($1.level ?? 0, $0.name) }
    let preview = best.map { file -> HTML in
      let source = PageText.address(record.program + "/" + (file.thumbnail ?? file.path))
      return "<a href=\"\(address)\"><img src=\"\(source)\" alt=\"\" loading=\"lazy\"></a>"
    }
    let present = record.files.filter(\.isPresent).count
    let values = [
      PageText.list(record.files.compactMap(\.target)),
      PageText.list(record.files.compactMap { $0.instrument.map { String($0.prefix { $0 != "/" }) } }),
      String(Set(record.files.compactMap(\.obsnum)).count), String(record.files.count), String(present),
      record.files.compactMap(\.start).max().map { String($0.prefix(10)) } ?? "",
    ]
    return """
      <tr><td class="previews">\(preview ?? "")</td><td class="name"><a href="\(address)">\(PageText.program(record.program))</a></td>\
      <td class="text">\(record.title ?? "")</td><td>\(record.investigator ?? "")</td>\(values.map { "<td>\($0)</td>" as HTML })</tr>

      """
  }
}
