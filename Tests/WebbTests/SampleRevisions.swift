import Foundation
import LocalArchive
import SkyGeometry
import TestSupport

@testable import SampleData

/// One programme of the sample archive at first and as it is later, each as a local archive.
final class SampleRevisions: Sendable {
  static let programme = 2734

  let scratch: ScratchFolder
  /// What the archive holds at first and later.
  let first: SampleContents
  let second: SampleContents

  init() throws {
    scratch = try ScratchFolder()
    first = try Self.make(1, at: scratch.file("first"))
    second = try Self.make(2, at: scratch.file("second"))
  }

  /// The folder of the archive at first, and of the later one.
  var firstPath: String { scratch.file("first") }
  var secondPath: String { scratch.file("second") }

  private static func make(_ revision: Int, at path: String) throws -> SampleContents {
    let store = try ArchiveStore.create(at: path)
    let sample = SampleArchive(.init(epoch: ModifiedJulianDate(iso: "2026-07-01")!, revision: revision))
    let contents = try sample.write(to: store.filesPath, programmes: [programme])
    try store.add(
      ArchiveContents(
        observations: contents.observations, products: contents.products, keywordRows: contents.keywordRows,
        files: contents.files.map {
          StoredFile(name: $0.name, relativePath: $0.relativePath, size: $0.size, md5: $0.md5)
        }, previousVersions: contents.previousVersions))
    try store.close()
    return contents
  }

  /// The files that sync is asked for: FITS files but guide stars, and pictures.
  static func wanted(_ contents: SampleContents) -> [String: SampleFile] {
    let files = contents.files.filter {
      ($0.name.hasSuffix(".fits") || $0.name.hasSuffix(".jpg")) && !$0.name.contains("_gs-")
    }
    return Dictionary(files.map { ($0.name, $0) }) { $1 }
  }
}

/// A served archive that counts what it sends.
final class ServedArchive {
  let url: String
  private let process: RunningWebb

  init(_ path: String) throws {
    process = try WebbProcess(["archive", "serve", "--archive", path]).start()
    let line = try process.line(beginning: "Serving ")
    url = String(line.split(separator: " ").last?.dropLast() ?? "")
  }

  /// The sizes of the files sent so far. The server's own log says it, after each answer's last byte.
  var sent: [Int64] {
    process.errors.split(separator: "\n").compactMap { line in
      let words = line.split(separator: " ")
      guard words.count > 4, words[1] == "GET", words[2].hasSuffix("/Download/file") else { return nil }
      return Int64(words[4])
    }
  }

  deinit {
    process.send(signal: SIGTERM)
    _ = process.wait()
  }
}
