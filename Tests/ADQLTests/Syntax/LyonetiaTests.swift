import ADQL
import Foundation
import TableIO
import TestSupport
import Testing

/// IVOA's queries for judging parsers: each says of itself whether it is ADQL 2.1.
@Suite struct LyonetiaTests {
  @Test(.enabled(if: Shared.folder != nil, "WEBB_SHARED is not set"))
  func validQueriesAreReadAndInvalidRefused() throws {
    let queries = try LyonetiaQuery.all(in: Shared.file("conformance/vo/lyonetia/src/adql"))
    var counts: [Bool: Int] = [:]
    for query in queries {
      counts[query.isValid, default: 0] += 1
      do throws(ADQLError) {
        let tree = try Parser(userFunctions: query.functions).parse(query.text)
        #expect(query.isValid, "was read: \(query.text)")
        #expect(try Parser().parse(tree.description) == tree, "\(tree)")
      } catch {
        #expect(!query.isValid, "\(error): \(query.text)")
        #expect(error.position != nil && !error.message.isEmpty)
      }
    }
    print("lyonetia: \(counts[true, default: 0]) valid and \(counts[false, default: 0]) invalid queries")
    #expect(counts[true, default: 0] >= 172)
    #expect(counts[false, default: 0] >= 24)
  }
}

/// One query of the corpus.
struct LyonetiaQuery {
  var text = ""
  var isValid = false
  /// The user-defined functions that the query's file, or the query itself, declares.
  var functions: Set<String> = []

  /// The queries of all files below a folder, in the order of the files' names.
  static func all(in folder: URL) throws -> [LyonetiaQuery] {
    let names = try FileManager.default.subpathsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".xml") }
    return try names.sorted().flatMap { try read(Data(contentsOf: folder.appendingPathComponent($0))) }
  }

  private static func read(_ file: Data) throws -> [LyonetiaQuery] {
    let xml = try XMLReader(source: MemoryByteSource(Array(file)))
    var queries: [LyonetiaQuery] = []
    var query = LyonetiaQuery()
    var common: Set<String> = []
    var text = ""
    var isInQuery = false
    while let event = try xml.next() {
      switch (event, xml.name.local) {
      case (.start, "query"):
        query = LyonetiaQuery(functions: common)
        isInQuery = true
      case (.start, "adql"):
        query.isValid = xml.attributes.contains { $0.name.local == "valid" && $0.value == "true" }
        text = ""
      case (.start, "form"): text = ""
      case (.end, "form"):
        let name = String(text.prefix { $0 != "(" }).trimmingCharacters(in: .whitespacesAndNewlines)
        if isInQuery { query.functions.insert(name) } else { common.insert(name) }
      case (.end, "adql"): query.text = text
      case (.end, "query"):
        queries.append(query)
        isInQuery = false
      case (.text, _): text += String(decoding: xml.text, as: UTF8.self)
      default: break
      }
    }
    return queries
  }
}
