/// The part of a programme's page that shows an observation number: a row for each observation name.
struct ObservationSection {
  var obsnum: Int?
  var files: [PageFile]
  var options: WebPageOptions

  var anchor: String { obsnum.map { "obs\($0)" } ?? "other" }

  var heading: String { obsnum.map { "Observation \($0)" } ?? "Without observation number" }

  var html: HTML {
    // Only what is in the headers gets a column.
    let keywords = options.keywords.filter { keyword in files.contains { $0.keywords[keyword]?.text != nil } }
    let groups = Dictionary(grouping: files, by: \.observation).sorted {
      ($0.value[0].level ?? 0, $0.key) < ($1.value[0].level ?? 0, $1.key)
    }
    let sortable =
      ["Level", "Visit", "Detector", "Filters", "Start (UTC)", "Exposure (s)"] + keywords
    let columns = [("Preview", false), ("Name", true), ("Files", false)] + sortable.map { ($0, true) }
    let facts = [
      PageText.list(files.compactMap(\.target)), PageText.list(files.compactMap(\.instrument)),
      PageText.count(groups.count, "row"), PageText.count(files.count, "file"),
    ]
    let rows = groups.map { row(observation: $0.key, files: $0.value, keywords: keywords) }
    return """
      <section id="\(anchor)">
      <h2>\(heading)</h2>
      \(PageFrame.facts(facts))
      \(PageFrame.table(columns: columns, rows: rows))
      </section>
      """
  }

  /// The row of the files of one observation name.
  private func row(observation: String, files: [PageFile], keywords: [String]) -> HTML {
    func first<Value>(_ value: (PageFile) -> Value?) -> Value? { files.lazy.compactMap(value).first }
    let types = files.filter { $0.fileType != nil }.map(\.label).joined(separator: " ")
    let values: [String?] =
      [
        Set(files.compactMap(\.level)).sorted().map(String.init).joined(separator: ", "),
        first(\.visit), first(\.detector), first(\.filters),
        first(\.start).map { String($0.prefix(19)).replacing("T", with: " ") },
        first(\.exposureTime).map(PageText.number),
      ] + keywords.map { keyword in first { $0.keywords[keyword]?.text } }
    return """
      <tr data-types="\(types)"><td class="previews">\(files.filter(isPreviewed).map(preview))</td>\
      <td class="name">\(observation)</td><td class="files">\(Self.dataFirst(files).map(Self.link))</td>\
      \(values.map { "<td>\($0 ?? "")</td>" as HTML })</tr>

      """
  }

  /// Whether a file has a picture of its own on the page.
  private func isPreviewed(_ file: PageFile) -> Bool {
    guard file.isPresent, !file.isSmallPicture, file.isPicture || file.thumbnail != nil else { return false }
    guard let types = options.pictureTypes, file.isPicture, file.level ?? 1 < 3 else { return true }
    return types.contains { file.name.hasSuffix(WebPageOptions.pictureEnding($0)) }
  }

  private func preview(_ file: PageFile) -> HTML {
    let width = options.figureWidth.map { " width=\"\($0)\"" as HTML } ?? ""
    let height = options.figureHeight.map { " height=\"\($0)\"" as HTML } ?? ""
    return """
      <a href="\(PageText.address(file.path))"><img src="\(PageText.address(file.thumbnail ?? file.path))" \
      alt="\(file.label)" title="\(file.label)" loading="lazy"\(width)\(height)></a>
      """
  }

  /// Data before pictures, pictures before thumbnails.
  private static func dataFirst(_ files: [PageFile]) -> [PageFile] {
    files.filter { !$0.isPicture } + files.filter { $0.isPicture && !$0.isSmallPicture }
      + files.filter(\.isSmallPicture)
  }

  /// A link to a file, or its name when it is not there.
  private static func link(_ file: PageFile) -> HTML {
    let listed = file.size.map(PageText.byteCount) ?? "size unknown"
    guard let size = file.sizeOnDisk else {
      return "<span title=\"\(file.name), \(listed), not on disk\">\(file.label)</span> "
    }
    let address = PageText.address(file.path)
    let onDisk = PageText.byteCount(size)
    guard file.hasOtherSize else {
      return "<a href=\"\(address)\" title=\"\(file.name), \(onDisk)\">\(file.label)</a> "
    }
    return """
      <a class="odd" href="\(address)" title="\(file.name), \(onDisk) on disk, \(listed) in the archive: fetch it again">\
      \(file.label)</a> 
      """
  }
}
