internal import GRDB
public import SkyGeometry
internal import TableIO

extension ArchiveStore {
  /// Takes MAST keyword rows from CSV files, plain or gzip, and derives observations and products from them.
  ///
  /// Files may have any of a service's columns in any order, and unknown ones; the service follows from `instrume`. Rows without
  /// that column go into the history of their file. A newer version of a file replaces an older one; a row with fewer columns
  /// leaves what is known of the same version. What is held back stays so until a row says that the reason is gone. Importing again
  /// changes nothing. Each file is one transaction.
  /// - Parameters:
  ///   - paths: the files, in any order.
  ///   - day: today; what is released later counts as exclusive.
  ///   - progress: called every thousand rows.
  /// - Returns: what was done, and the rows that were left out with their reasons.
  /// - Throws: ``LocalArchiveError`` when a file cannot be read at all; files before it stay imported.
  @discardableResult
  public func importMASTKeywords(
    paths: [String], on day: ModifiedJulianDate, progress: (ImportProgress) -> Void = { _ in }
  ) throws(LocalArchiveError) -> ImportReport {
    var report = ImportReport()
    var done: Int64 = 0
    var readers: [(path: String, reader: CSVReader)] = []
    for path in paths {
      do throws(CSVError) {
        readers.append((path, try CSVReader(path: path)))
      } catch {
        throw LocalArchiveError(.unreadableImport, error.description, path: path, cause: error)
      }
    }
    let total = readers.reduce(0) { $0 + $1.reader.byteCount }
    for (path, reader) in readers {
      do {
        report = try pool.write { db in
          var next = report
          let work = try KeywordImport(db, reader: reader, path: path, day: day)
          try work.run(report: &next) {
            progress(
              ImportProgress(
                file: path, byteCount: done + reader.consumedByteCount, totalByteCount: total, rowCount: $0.rowCount))
          }
          return next
        }
      } catch let error as CSVError {
        throw LocalArchiveError(.unreadableImport, error.description, path: path, cause: error)
      } catch {
        throw LocalArchiveError(wrapping: error, path: path)
      }
      done += reader.byteCount
    }
    return report
  }
}
