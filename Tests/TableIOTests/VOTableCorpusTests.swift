import Foundation
import Testing

@testable import TableIO

/// The VOTables of other projects: what astropy or STILTS reads is read, with as many columns and rows.
@Suite struct VOTableCorpusTests {
  static let folder = ProcessInfo.processInfo.environment["WEBB_SHARED"].map { URL(filePath: $0 + "/conformance/vo") }

  /// One line of the table that says what the peers make of each file.
  struct Expectation {
    var file: String
    var astropyRowCounts: [Int]?
    var stilts: (columns: Int, rows: Int)?

    init?(line: Substring) {
      let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      guard cells.count == 7, cells[0].contains("/") else { return nil }
      file = cells[0]
      if !cells[3].hasPrefix("FAIL") {
        let words = cells[3].split(separator: " ")
        astropyRowCounts =
          words.count > 2 && words[2] != "rows" ? words[2].split(separator: "+").compactMap { Int($0) } : []
      }
      let numbers = cells[5].split { !$0.isNumber }.compactMap { Int($0) }
      if numbers.count == 2 { stilts = (numbers[0], numbers[1]) }
    }
  }

  @Test(.enabled(if: folder != nil, "set WEBB_SHARED")) func readsWhatThePeersRead() throws {
    let folder = try #require(Self.folder)
    let matrix = try String(contentsOf: folder.appending(path: "votable_matrix.md"), encoding: .utf8)
    var options = VOTableReader.Options()
    options.throwsServiceErrors = false
    var count = 0
    for expectation in matrix.split(separator: "\n").compactMap(Expectation.init(line:)) {
      // Two collections are listed but may not be passed on; gzip is the business of the source.
      if ["opencadc-tap/", "vollt/"].contains(where: expectation.file.hasPrefix) || expectation.file.hasSuffix(".gz") {
        continue
      }
      let isReadByBoth = expectation.astropyRowCounts?.isEmpty == false && expectation.stilts != nil
      let bytes = Array(try Data(contentsOf: folder.appending(path: expectation.file)))
      do throws(TableIOError) {
        var reader = try VOTableReader(source: MemoryByteSource(bytes), options: options)
        var columnCounts: [Int] = []
        var rowCounts: [Int] = []
        while let table = try reader.nextTable() {
          columnCounts.append(table.columns.count)
          rowCounts.append(0)
          var batch = TableBatch(columns: table.columns)
          while try reader.read(into: &batch) { rowCounts[rowCounts.count - 1] += batch.rowCount }
        }
        count += 1
        if let stilts = expectation.stilts { #expect(columnCounts.first == stilts.columns, "\(expectation.file)") }
        // Where the peers differ, one of them believes the attribute `nrows`, or drops rows of a table without columns.
        if let astropy = expectation.astropyRowCounts, !astropy.isEmpty {
          #expect(rowCounts == astropy || rowCounts.first == expectation.stilts?.rows, "\(expectation.file)")
        }
      } catch {
        #expect(!isReadByBoth, "\(expectation.file): \(error)")
        #expect(error.line != nil || error.kind == .serviceError, "\(expectation.file): \(error)")
      }
    }
    #expect(count > 50)
  }
}
