#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
public import SkyGeometry

/// The pages of a download tree on disk.
///
/// A programme's page, the record it is made from and its table as text stand in the folder `PPPPP`; the page over all programmes
/// stands in the root and is made from the records it finds.
public struct PageFolder: Sendable {
  /// The root of the download tree, an absolute path without a slash at the end.
  public var root: String
  /// What the pages show.
  public var options: WebPageOptions
  /// When the pages are made.
  public var date: ModifiedJulianDate

  /// Describes the pages of a tree.
  public init(root: String, options: WebPageOptions = WebPageOptions(), date: ModifiedJulianDate) {
    self.root = root
    self.options = options
    self.date = date
  }

  /// What became of a page.
  public struct Outcome: Sendable {
    /// The page.
    public var page: String
    /// Files that could not be read for their picture or keywords; the page shows them without.
    public var problems: [ReportsError]
  }

  /// Adds what a selection knows to the page of its programme, and makes the page anew.
  /// - Throws: ``ReportsError`` when nothing can be written.
  public func add(_ selection: ProgrammeRecord) throws(ReportsError) -> Outcome {
    guard selection.program.utf8.count == 5, selection.program.utf8.allSatisfy({ (48...57).contains($0) }) else {
      throw ReportsError(.unsafeName, "This is no programme number of five digits.", file: selection.program)
    }
    let folder = root + "/" + selection.program
    do { try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true) } catch {
      throw ReportsError(.unwritable, "The folder cannot be made (\(error)).", file: folder)
    }
    var record = Self.record(in: folder) ?? ProgrammeRecord(program: selection.program)
    record.merge(selection)
    record.check { FileBytes.size(folder + "/" + $0) != nil }
    let problems = enrich(&record, folder: folder)
    try write(record, to: folder)
    try FileBytes.write(
      Array(ProgrammePage(record: record, options: options, date: date).html.utf8), to: folder + "/index.html")
    return Outcome(page: folder + "/index.html", problems: problems)
  }

  /// Makes the page over all programmes that have a record.
  /// - Returns: its path.
  public func writeTopPage() throws(ReportsError) -> String {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []
    let records = names.filter { $0.utf8.count == 5 && $0.utf8.allSatisfy { (48...57).contains($0) } }
      .compactMap { Self.record(in: root + "/" + $0) }
    let path = root + "/index.html"
    try FileBytes.write(Array(TopPage(records: records, date: date).html.utf8), to: path)
    return path
  }

  /// The name of the record in a programme's folder.
  static let recordName = "products.json"

  static func record(in folder: String) -> ProgrammeRecord? {
    guard let bytes = try? FileBytes.read(folder + "/" + recordName) else { return nil }
    return try? JSONDecoder().decode(ProgrammeRecord.self, from: Data(bytes))
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

  /// Reads keywords and makes small pictures of the files that are there.
  private func enrich(_ record: inout ProgrammeRecord, folder: String) -> [ReportsError] {
    var problems: [ReportsError] = []
    // A picture of its own goes before one made from the data.
    let pictured = Set(record.files.filter { $0.isPresent && $0.isPicture }.map(\.observation))
    record.update { file in
      guard file.isPresent else { return }
      let path = folder + "/" + file.path
      do throws(ReportsError) {
        if file.name.hasSuffix(".fits"), !options.keywords.allSatisfy({ file.keywords[$0] != nil }) {
          file.keywords.merge(try FITSImageFile(path: path).keywords(options.keywords)) { $1 }
        }
        guard options.makesThumbnails, !file.isSmallPicture, file.isPicture || !pictured.contains(file.observation)
        else { return }
        let small = Thumbnail.path(of: path)
        if options.overwritesThumbnails || FileBytes.size(small) == nil {
          guard let bytes = try Thumbnail(options: options).jpeg(of: path) else { return }
          try FileBytes.write(bytes, to: small)
        }
        file.thumbnail = Thumbnail.path(of: file.path)
      } catch {
        problems.append(error)
      }
    }
    return problems
  }
}
