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
  /// - Parameters:
  ///   - record: what is known of the programme.
  ///   - options: what the page shows, and how.
  ///   - date: when the page is made.
  public init(record: ProgrammeRecord, options: WebPageOptions = WebPageOptions(), date: ModifiedJulianDate) {
    self.record = record
    self.options = options
    self.date = date
  }

  /// The page.
  public var html: String {
    let program = PageText.program(record.program)
    let sections = Dictionary(grouping: record.files, by: \.obsnum).sorted { ($0.key ?? .max) < ($1.key ?? .max) }
      .map { ObservationSection(obsnum: $0.key, files: $0.value, options: options) }
    let numbered = sections.filter { $0.obsnum != nil }.count
    let present = record.files.filter(\.isPresent)
    let facts = [
      record.investigator.map { "PI \($0)" } ?? "", PageText.count(numbered, "observation"),
      PageText.count(record.files.count, "file"),
      "\(present.count) on disk (\(PageText.byteCount(present.reduce(0) { $0 + ($1.sizeOnDisk ?? 0) })))",
    ]
    let types = Set(record.files.filter { $0.fileType != nil }.map(\.label)).sorted()
    let map = SkyMap(files: record.files).svg.map { "<figure>\($0)</figure>\n" as HTML }
    return PageFrame(title: "JWST programme \(program)", date: date).page(
      """
      <header>
      <p class="path"><a href="../index.html">All programmes</a></p>
      <h1><span>Programme \(program)</span> \(record.title ?? "")</h1>
      \(PageFrame.facts(facts))
      \(PageFrame.themeButton)
      </header>
      \(map ?? "")\(PageFrame.filter(hint: "detector, filter, date …", fileTypes: types))
      <nav>\(sections.map { "<a href=\"#\($0.anchor)\">\($0.heading)</a> " as HTML })</nav>
      \(HTML(sections.map(\.html), separator: "\n"))
      """)
  }
}
