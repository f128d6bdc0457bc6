import Downloads

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// What an observation's folder holds, and which question it answers: kept beside the files as JSON, written when all of them
/// have their places, so that a later run need not fetch them again.
struct ObservationRecord: Codable, Sendable, Hashable {
  /// What was asked for.
  struct Question: Codable, Sendable, Hashable {
    var observationID: String
    var planes: [String]
    var level: String
    var types: [String]

    init(_ planes: PlaneSelection, _ types: [ArtifactType]) {
      observationID = planes.observationID
      self.planes = planes.planeIDs.sorted()
      level = planes.level.description
      self.types = types.map(\.word).withoutRepetition.sorted()
    }
  }

  /// A file.
  struct File: Codable, Sendable, Hashable {
    /// The path in the folder.
    var name: String
    var size: Int64
    /// An MD5 as the archive writes it, `md5:…`.
    var checksum: String?
    var isVerified: Bool
    /// What the archive's table told when the file was fetched.
    var listedSize: Int64?
    var listedChecksum: String?
  }

  var question: Question
  var files: [File]

  static let fileName = ".webb-observation.json"
  /// The largest record to read, bytes.
  private static let limit = 32 << 20

  /// Describes files that have their places.
  init(question: Question, files: [DeliveredFile], in folder: String, listed: ListedFiles) {
    self.question = question
    self.files = files.map { file in
      let entry = listed.entry(for: file.path)
      return File(
        name: String(decoding: file.path.utf8.dropFirst(folder.utf8.count + 1), as: UTF8.self), size: file.size,
        checksum: file.checksum?.description, isVerified: file.isVerified, listedSize: entry.size,
        listedChecksum: entry.checksum?.description)
    }
  }

  /// Reads the record of a folder; `nil` when there is none or it is damaged.
  init?(in folder: String) {
    guard let bytes = FileSystem.contents(of: folder + "/" + Self.fileName, limit: Self.limit),
      let record = try? JSONDecoder().decode(Self.self, from: Data(bytes)),
      record.files.allSatisfy({ Self.staysInside($0.name) })
    else { return nil }
    self = record
  }

  /// The files, when all are in their places with their sizes and the archive tells of none that it is another one now.
  func completeFiles(in folder: String, listed: ListedFiles) -> [DeliveredFile]? {
    guard !files.isEmpty else { return nil }
    for file in files {
      var status = stat()
      guard lstat(folder + "/" + file.name, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
        Int64(status.st_size) == file.size
      else { return nil }
      let now = listed.entry(for: file.name)
      if let then = file.listedSize, let size = now.size, size != then { return nil }
      if let then = file.listedChecksum, let checksum = now.checksum, checksum.description != then { return nil }
    }
    return files.map { file in
      DeliveredFile(
        path: folder + "/" + file.name, size: file.size, checksum: file.checksum.flatMap(ArchiveProduct.checksum),
        isVerified: file.isVerified)
    }
  }

  /// Writes the record, whole or not at all. Without one the files are only fetched again.
  func write(to folder: String) {
    let place = folder + "/" + Self.fileName
    let draft = place + ".new"
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    guard let bytes = try? encoder.encode(self), (try? FileSystem.write(Array(bytes), to: draft)) != nil,
      rename(draft, place) == 0
    else {
      unlink(draft)
      unlink(place)
      return
    }
    FileSystem.synchroniseDirectory(folder)
  }

  /// Removes the record of a folder.
  static func remove(from folder: String) { unlink(folder + "/" + fileName) }

  private static func staysInside(_ name: String) -> Bool {
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    return parts.allSatisfy { !["", ".", ".."].contains($0) } && !name.utf8.contains(0)
  }
}
