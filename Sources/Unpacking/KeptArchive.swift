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

/// What is known of an archive that is complete on disk and not yet unpacked. It stands as JSON beside the archive, so that a
/// later run can unpack it: after a full disk there is no need to fetch it again.
struct KeptArchive: Codable, Sendable, Hashable {
  /// What was asked for.
  var question: String
  /// The size, bytes.
  var size: Int64
  /// The name that the server gave it.
  var fileName: String?

  /// The largest note to read, bytes.
  private static let limit = 64 << 10

  /// Describes an archive that has just come.
  init(item: DownloadItem, size: Int64, fileName: String?) {
    question = item.fingerprint
    self.size = size
    self.fileName = fileName
  }

  /// Finds the archive of an item; `nil` when there is none, or none that is complete and answers the same question.
  init?(of item: DownloadItem) {
    var status = stat()
    guard let bytes = FileSystem.contents(of: Self.note(of: item), limit: Self.limit),
      let kept = try? JSONDecoder().decode(Self.self, from: Data(bytes)), kept.question == item.fingerprint,
      lstat(item.destination, &status) == 0, status.st_mode & S_IFMT == S_IFREG, Int64(status.st_size) == kept.size
    else { return nil }
    self = kept
  }

  /// Whether something was kept for an item's destination, whatever the question was.
  static func isNoted(for item: DownloadItem) -> Bool {
    FileSystem.contents(of: note(of: item), limit: limit) != nil
  }

  /// Writes the note. Without one the archive is only fetched again.
  func write(for item: DownloadItem) {
    guard let bytes = try? JSONEncoder().encode(self) else { return }
    try? FileSystem.write(Array(bytes), to: Self.note(of: item))
  }

  /// Removes the note.
  static func forget(_ item: DownloadItem) { unlink(note(of: item)) }

  private static func note(of item: DownloadItem) -> String { item.destination + ".kept.json" }
}
