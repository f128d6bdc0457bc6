import Foundation
@testable import TableIO
import TestSupport
import Testing

/// libxml2 as the judge: both refuse, or both accept and give the same canonical document.
@Suite struct XMLOracleTests {
  static let xmllint = ["/usr/bin/xmllint", "/opt/homebrew/bin/xmllint"].first(
    where: FileManager.default.isExecutableFile(atPath:))
  static let corpus = ProcessInfo.processInfo.environment["WEBB_SHARED"].map { URL(filePath: $0 + "/conformance/vo") }

  /// Runs xmllint over files.
  static func run(_ arguments: [String], _ files: [URL], errors: URL) throws -> Data {
    try Data().write(to: errors)
    return try ChildProcess.run(
      xmllint!, ["--nonet", "--huge"] + arguments + files.map(\.path), errors: try FileHandle(forWritingTo: errors)
    ).output
  }

  static func compare(_ documents: [[UInt8]]) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let log = folder.appending(path: "log")
    let files = documents.indices.map { folder.appending(path: "f\($0).xml") }
    for (file, bytes) in zip(files, documents) { try Data(bytes).write(to: file) }
    var refused: [String: [String]] = [:]
    var hasNoCanonicalForm: Set<String> = []
    for start in stride(from: 0, to: files.count, by: 200) {
      _ = try run(["--noout"], Array(files[start..<min(start + 200, files.count)]), errors: log)
      for line in String(decoding: try Data(contentsOf: log), as: UTF8.self).split(separator: "\n")
      where line.contains("error") || line.contains("warning") {
        let file = line.split(separator: ":")[0].description
        // A name space's address that is no URI is a note of libxml2, but it then has no canonical form.
        if line.contains("URI") {
          hasNoCanonicalForm.insert(file)
        } else if line.contains("error") {
          refused[file, default: []].append(String(line))
        }
      }
    }
    var accepted: [(URL, URL)] = []
    for (index, file) in files.enumerated() {
      let complaint = refused[file.path]
      do {
        let items = try XMLEvents.read(documents[index])
        #expect(complaint == nil, "accepted \(Self.excerpt(documents[index])), refused by libxml2")
        if complaint == nil, !hasNoCanonicalForm.contains(file.path) {
          let copy = folder.appending(path: "c\(index).xml")
          try Data(XMLEvents.document(items).utf8).write(to: copy)
          accepted.append((file, copy))
        }
      } catch let error as TableIOError where error.kind == .unsupported {
        // An encoding that we do not have; iconv also knows some by misspelled names.
      } catch {
        #expect(complaint != nil, "refused \(Self.excerpt(documents[index])): \(error); accepted by libxml2")
      }
    }
    for start in stride(from: 0, to: accepted.count, by: 200) {
      let slice = accepted[start..<min(start + 200, accepted.count)]
      let ours = try run(["--exc-c14n"], slice.map(\.1), errors: log)
      if try run(["--exc-c14n"], slice.map(\.0), errors: log) == ours { continue }
      for (file, copy) in slice {
        let expected = try run(["--exc-c14n"], [file], errors: log)
        let found = try run(["--exc-c14n"], [copy], errors: log)
        let text = Self.excerpt(Array(try Data(contentsOf: file)))
        #expect(expected == found, "\(text)")
      }
    }
  }

  private static func excerpt(_ bytes: [UInt8]) -> String { String(decoding: bytes.prefix(400), as: UTF8.self) }

  static let seeds = [
    "<a b=\"1\" c='x&amp;y'>t<b/>\n<!-- c --><?p d?>&#65;<![CDATA[<x>]]></a>",
    "<?xml version=\"1.0\"?>\n<p:a xmlns:p=\"urn:p\" xmlns=\"urn:d\" p:x=\"1\" x=\"2\"><b xmlns=\"\"/><p:c>\u{E4}\u{20AC}</p:c></p:a>\n",
    "<?xml version='1.0' encoding='UTF-8' standalone='yes'?><t><TR><TD>1</TD><TD/></TR>]]&gt; a > b \u{1F600}</t><!--x-->",
  ]

  @Test(.enabled(if: xmllint != nil)) func agreesOnMutatedDocuments() throws {
    var random = SeededRandom(state: 20_260_101)
    let pieces = [
      "<", ">", "/", "&", ";", "'", "\"", "=", " ", "]]>", "<!--", "-->", "--", "<?", "?>", "xmlns", "xml", ":", "a",
      "\u{E4}", "&#", "x41;", "\n", "\r", "\t", "\u{1}", "\u{B7}", "-", ".", "1", "<![CDATA[", "&lt;", "p:", "</a>",
      "<b>",
    ]
    let documents: [[UInt8]] = (0..<1500).map { _ in
      var bytes = Array(Self.seeds.randomElement(using: &random)!.utf8)
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: bytes.remove(at: place)
        case 1: bytes[place] = UInt8.random(in: 0x20..<0x7F, using: &random)
        case 2: bytes.replaceSubrange(place..<place, with: pieces.randomElement(using: &random)!.utf8)
        default: bytes.swapAt(place, Int.random(in: 0..<bytes.count, using: &random))
        }
      }
      return bytes
    }
    try Self.compare(documents)
  }

  @Test(.enabled(if: xmllint != nil && corpus != nil, "set WEBB_SHARED")) func agreesOnTheCorpus() throws {
    var documents: [[UInt8]] = []
    let walk = try #require(FileManager.default.enumerator(at: Self.corpus!, includingPropertiesForKeys: nil))
    for case let file as URL in walk where ["xml", "vot", "xsd"].contains(file.pathExtension) {
      let bytes = Array(try Data(contentsOf: file))
      // What a document type declares is never obeyed here.
      if bytes.prefix(4096).split(separator: UInt8(ascii: "<")).contains(where: { $0.starts(with: "!DOCTYPE".utf8) }) {
        continue
      }
      documents.append(bytes)
    }
    #expect(documents.count > 100)
    try Self.compare(documents)
  }
}
