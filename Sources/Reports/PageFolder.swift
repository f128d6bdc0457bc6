#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
public import SkyGeometry

/// The pages of a download tree on disk.
///
/// A programme's page and the record it is made from stand in the folder `PPPPP`; the page over all programmes stands in the
/// root and is made from the records it finds.
public struct PageFolder: Sendable {
  /// The root of the download tree, an absolute path without a slash at the end.
  public var root: String
  /// What the pages show.
  public var options: WebPageOptions
  /// When the pages are made.
  public var date: ModifiedJulianDate

  /// Describes the pages of a tree.
  /// - Parameters:
  ///   - root: the root of the download tree, an absolute path without a slash at the end.
  ///   - options: what the pages show.
  ///   - date: when the pages are made.
  public init(root: String, options: WebPageOptions = WebPageOptions(), date: ModifiedJulianDate) {
    self.root = root
    self.options = options
    self.date = date
  }

  /// What became of a page.
  public struct Outcome: Sendable {
    /// The page.
    public var page: String
    /// What the page shows, with what earlier selections knew.
    public var record: ProgrammeRecord
    /// Files that could not be read for their picture or keywords; the page shows them without.
    public var problems: [ReportsError]
  }

  /// Adds what a selection knows to the page of its programme, and makes the page anew.
  ///
  /// The pages of a tree may be made by several processes at once: each waits until the other has left the programme's folder.
  /// - Parameters:
  ///   - selection: what is known now; what earlier selections knew stays.
  ///   - describe: what the name of a file says that is below the programme's folder and that no selection named; `nil` for
  ///     files that have no place on the page. It is told the path from there.
  ///   - progress: told how many of how many files have been looked at; `false` leaves the rest without pictures and keywords.
  /// - Throws: ``ReportsError`` when nothing can be written, or when the record of earlier selections cannot be read; then
  ///   nothing is changed.
  public func add(
    _ selection: ProgrammeRecord, describing describe: (_ path: String) -> PageFile? = { _ in nil },
    progress: (_ done: Int, _ total: Int) -> Bool = { _, _ in true }
  ) throws(ReportsError) -> Outcome {
    guard Self.isProgramme(selection.program) else {
      throw ReportsError(.unsafeName, "This is no programme number of five digits.", file: selection.program)
    }
    let folder = folder(of: selection.program)
    do { try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true) } catch {
      throw ReportsError(.unwritable, "The folder cannot be made (\(error)).", file: folder)
    }
    return try FileBytes.locking(folder) { () throws(ReportsError) in
      var record = try record(of: selection.program) ?? ProgrammeRecord(program: selection.program)
      record.merge(selection)
      record.complete(with: Self.files(below: folder).compactMap(describe).filter(\.hasSafePath))
      record.check { FileBytes.size(folder + "/" + $0) }
      let examination = FileExamination(folder: folder, options: options)
      let problems = examination.examine(&record, progress: progress)
      try write(record, to: folder)
      let page = ProgrammePage(record: record, options: options, date: date)
      try FileBytes.write(Array(page.html.utf8), to: folder + "/index.html")
      return Outcome(page: folder + "/index.html", record: record, problems: problems)
    }
  }

  /// Makes the page over all programmes that have a record.
  /// - Returns: its path, and which records could not be read; their programmes are shown by their number alone.
  public func writeTopPage() throws(ReportsError) -> (page: String, problems: [ReportsError]) {
    var problems: [ReportsError] = []
    var records: [ProgrammeRecord] = []
    for name in (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? [] where Self.isProgramme(name) {
      do throws(ReportsError) {
        if let record = try record(of: name) { records.append(record) }
      } catch {
        problems.append(error)
        records.append(ProgrammeRecord(program: name))
      }
    }
    let path = root + "/index.html"
    try FileBytes.write(Array(TopPage(records: records, date: date).html.utf8), to: path)
    return (path, problems)
  }

  /// The folder of a programme.
  public func folder(of program: String) -> String { root + "/" + program }

  /// The name of the record in a programme's folder.
  static let recordName = "products.json"

  /// What earlier selections knew of a programme; `nil` when there was none.
  func record(of program: String) throws(ReportsError) -> ProgrammeRecord? {
    let path = folder(of: program) + "/" + Self.recordName
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    let bytes = try FileBytes.read(path)
    var reason = "it names another programme or a file outside its folder"
    do {
      let record = try JSONDecoder().decode(ProgrammeRecord.self, from: Data(bytes))
      if record.program == program, record.files.allSatisfy(\.hasSafePath) { return record }
    } catch {
      reason = "\(error)"
    }
    throw ReportsError(
      .brokenRecord,
      "The record of what the page shows cannot be understood (\(reason)). Nothing was changed; move the file away to begin the page anew.",
      file: path)
  }

  private func write(_ record: ProgrammeRecord, to folder: String) throws(ReportsError) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let path = folder + "/" + Self.recordName
    guard let data = try? encoder.encode(record) else {
      throw ReportsError(.unwritable, "The record holds a value that JSON cannot hold.", file: path)
    }
    try FileBytes.write(Array(data), to: path)
  }

  private static func isProgramme(_ name: String) -> Bool {
    name.utf8.count == 5 && name.utf8.allSatisfy { (48...57).contains($0) }
  }

  /// Paths of what is below a folder, without what pages made themselves.
  private static func files(below folder: String) -> [String] {
    let paths = (try? FileManager.default.subpathsOfDirectory(atPath: folder)) ?? []
    return paths.filter { !$0.hasSuffix("TN.jpg") && !$0.hasPrefix(".") && !$0.contains("/.") }
  }
}
