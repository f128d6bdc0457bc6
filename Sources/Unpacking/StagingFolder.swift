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

/// A hidden folder inside the destination in which members wait until all are complete. Removed with all in it when let go.
///
/// It is locked while in use; one that a killed run has left is not, and the next run in the same destination removes it.
final class StagingFolder {
  /// The folder whose files these will be.
  let destination: String
  private let path: String
  private let descriptor: Int32

  private static let prefix = ".webb-unpack-"

  /// Makes the folder, and the destination where it is missing.
  init(in destination: String) throws(UnpackingError) {
    var destination = destination
    while destination.count > 1, destination.hasSuffix("/") { destination.removeLast() }
    if destination.isEmpty { destination = "." }
    self.destination = destination
    try Self.makeFolders(destination)
    // Nobody may take a new folder for an abandoned one before it is locked.
    let lock = open(destination, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    defer { if lock >= 0 { close(lock) } }
    if lock >= 0, flock(lock, LOCK_EX) == 0 { Self.removeAbandoned(in: destination) }

    var template = Array("\(destination)/\(Self.prefix)XXXXXX".utf8CString)
    guard template.withUnsafeMutableBufferPointer({ mkdtemp($0.baseAddress!) }) != nil else {
      throw .system("A folder cannot be made", destination)
    }
    path = template.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
    descriptor = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    if descriptor >= 0 { _ = flock(descriptor, LOCK_EX | LOCK_NB) }
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
    if descriptor >= 0 { close(descriptor) }
  }

  /// Makes a new file, and the folders it stands in.
  func makeFile(_ components: [String]) throws(UnpackingError) -> MemberFile {
    var folder = path
    for component in components.dropLast() {
      folder += "/" + component
      guard mkdir(folder, 0o755) == 0 || errno == EEXIST && Self.mode(of: folder) == S_IFDIR else {
        throw failure("A folder cannot be made", components)
      }
    }
    let place = path + "/" + components.joined(separator: "/")
    let descriptor = open(place, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw failure("A file cannot be made", components) }
    return MemberFile(descriptor: descriptor, path: place)
  }

  /// Gives files their final places.
  /// - Parameters:
  ///   - files: the components of the files' paths in the destination.
  ///   - existing: what becomes of files that stand there.
  /// - Returns: for each file whether the one that stood there was kept.
  func publish(_ files: [[String]], existing: ArchiveUnpacker.ExistingFiles) throws(UnpackingError) -> [Bool] {
    for file in files { try checkPlace(of: file) }
    var kept: [Bool] = []
    var folders: Set<String> = [destination]
    for (index, file) in files.enumerated() {
      let name = file.joined(separator: "/")
      let (place, folder) = (
        destination + "/" + name, (CollectionOfOne(destination) + file.dropLast()).joined(separator: "/")
      )
      if existing == .keep, Self.linkMode(of: place) != nil {
        kept.append(true)
        continue
      }
      do throws(UnpackingError) {
        if folders.insert(folder).inserted { try Self.makeFolders(folder) }
        guard rename(path + "/" + name, place) == 0 else { throw .system("A file cannot get its final name", place) }
      } catch {
        var error = error
        if index > 0 {
          error.message += " \(index) of the \(files.count) files are in their places already, all complete."
        }
        throw error
      }
      kept.append(false)
    }
    for folder in folders { FileSystem.synchroniseDirectory(folder) }
    return kept
  }

  /// A folder must not stand where a file goes, nor a file where a folder goes.
  private func checkPlace(of file: [String]) throws(UnpackingError) {
    var place = destination
    for (index, component) in file.enumerated() {
      place += "/" + component
      let isLast = index == file.count - 1
      guard let mode = isLast ? Self.linkMode(of: place) : Self.mode(of: place) else {
        if Self.linkMode(of: place) == nil { return }
        throw UnpackingError(
          .occupied, file: place, "A link that leads nowhere stands where a folder must go; remove it.")
      }
      guard isLast == (mode != S_IFDIR) else {
        throw UnpackingError(
          .occupied, file: place,
          isLast
            ? "A folder stands where a file of the archive must go; move it away."
            : "A file stands where a folder of the archive must go; move it away.")
      }
    }
  }
}

extension StagingFolder {
  private func failure(_ sentence: String, _ components: [String]) -> UnpackingError {
    let name = components.joined(separator: "/")
    guard errno == EEXIST || errno == ENOTDIR || errno == EISDIR else {
      var error = UnpackingError.system(sentence, destination + "/" + name)
      error.member = name
      return error
    }
    return UnpackingError(
      .duplicateMember, member: name,
      "The archive holds two members that would have one place, so nothing of it was unpacked.")
  }

  private static func makeFolders(_ path: String) throws(UnpackingError) {
    do throws(DownloadsError) {
      try FileSystem.makeDirectory(path)
    } catch {
      throw UnpackingError(
        error.kind == .diskFull ? .diskFull : .fileSystem, file: error.file, "A folder for the files cannot be made.",
        cause: error)
    }
  }

  private static func removeAbandoned(in destination: String) {
    for name in (try? FileManager.default.contentsOfDirectory(atPath: destination)) ?? [] where name.hasPrefix(prefix) {
      let descriptor = open(destination + "/" + name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
      guard descriptor >= 0 else { continue }
      defer { close(descriptor) }
      guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else { continue }
      try? FileManager.default.removeItem(atPath: destination + "/" + name)
    }
  }

  /// The kind of what a path leads to; `nil` when there is nothing.
  private static func mode(of path: String) -> mode_t? {
    var status = stat()
    return stat(path, &status) == 0 ? status.st_mode & S_IFMT : nil
  }

  /// The kind of what stands at a path, a link being one; `nil` when there is nothing.
  private static func linkMode(of path: String) -> mode_t? {
    var status = stat()
    return lstat(path, &status) == 0 ? status.st_mode & S_IFMT : nil
  }
}

extension UnpackingError {
  /// The error for the present `errno`.
  static func system(_ sentence: String, _ path: String, code: Int32 = errno) -> UnpackingError {
    if code == ENOSPC || code == EDQUOT {
      return UnpackingError(.diskFull, file: path, "The disk is full; make room and unpack the archive again.")
    }
    return UnpackingError(.fileSystem, file: path, "\(sentence): \(String(cString: strerror(code))).")
  }
}
