#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A file on its way: `NAME.part`, open and locked, with its journal beside it. Closed when let go.
package final class PartFile: Sendable {
  let place: DestinationPath
  private let descriptor: Int32

  /// Opens the part, or makes an empty one, and the folders it stands in.
  /// - Throws: `DownloadsError`; `.busy` when another program holds the part.
  init(_ place: DestinationPath) throws(DownloadsError) {
    self.place = place
    try FileSystem.makeDirectory(place.directory)
    while true {
      let descriptor = open(place.part, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o644)
      guard descriptor >= 0 else { throw FileSystem.failure("The file cannot be written", place.part) }
      guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
        close(descriptor)
        throw DownloadsError(.busy, file: place.path, "Another program is fetching this file; wait for it or stop it.")
      }
      // The former holder may have renamed or removed the part before the lock came free.
      if FileSystem.isSame(descriptor, place.part) {
        self.descriptor = descriptor
        return
      }
      close(descriptor)
    }
  }

  deinit {
    close(descriptor)
  }

  /// Bytes in the part.
  func length() throws(DownloadsError) -> Int64 {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw FileSystem.failure("The file cannot be read", place.part) }
    return Int64(status.st_size)
  }

  /// The journal; `nil` when there is none or it is damaged.
  func journal() -> Journal? { FileSystem.contents(of: place.journal, limit: 64 * 1024).flatMap { Journal($0) } }

  /// Empties the part and takes its journal away.
  ///
  /// Old bytes are gone from the disk before a new journal can come: at no moment do they stand beside one that is not theirs.
  func empty() throws(DownloadsError) {
    let hadJournal = unlink(place.journal) == 0
    let hadBytes = try length() > 0
    guard hadJournal || hadBytes else { return }
    guard ftruncate(descriptor, 0) == 0, fsync(descriptor) == 0 else {
      throw FileSystem.failure("The file cannot be emptied", place.part)
    }
  }

  /// Writes the journal, without which a later run fetches the file anew. It may reach the disk when it likes: a damaged one
  /// counts for none.
  func write(_ journal: Journal) throws(DownloadsError) {
    guard let bytes = try? journal.encoded() else { return }
    try FileSystem.write(bytes, to: place.journal, isLasting: false)
  }

  /// Writes bytes at a place in the part.
  func write(_ bytes: UnsafeRawBufferPointer, at offset: Int64) throws(DownloadsError) {
    var done = 0
    while done < bytes.count {
      let rest = UnsafeRawBufferPointer(rebasing: bytes[done...])
      let count = pwrite(descriptor, rest.baseAddress, rest.count, off_t(offset) + off_t(done))
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw FileSystem.failure("The file cannot be written", place.part) }
      done += count
    }
  }

  /// Begins to put on disk what has come up to an offset, and lets the system forget what is there already.
  ///
  /// Called now and then, it leaves little to wait for at the end of a large file, and what other programs use stays in memory.
  func settle(upTo offset: Int64) {
    #if os(Linux)
      posix_fadvise(descriptor, 0, off_t(offset), POSIX_FADV_DONTNEED)
    #endif
  }

  /// Reads bytes at a place in the part into a buffer; 0 at the end.
  func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int64) throws(DownloadsError) -> Int {
    while true {
      let count = pread(descriptor, buffer.baseAddress, buffer.count, off_t(offset))
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw FileSystem.failure("The file cannot be read", place.part) }
      return count
    }
  }

  /// Gives the part its final name, in place of a file that may have it.
  func publish() throws(DownloadsError) {
    guard fsync(descriptor) == 0 else { throw FileSystem.failure("The file cannot be written", place.part) }
    guard rename(place.part, place.path) == 0 else {
      throw FileSystem.failure("The finished file cannot get its name", place.path)
    }
    unlink(place.journal)
    FileSystem.synchroniseDirectory(place.directory)
  }

  /// Leaves the part to a later run, with the journal that it needs; without one removes it.
  func leave(_ journal: Journal?) {
    if let journal { try? write(journal) } else { discard() }
  }

  /// Removes what a transfer to a final path has left, if nobody is at it.
  package static func discard(for destination: String) {
    let place = DestinationPath(destination)
    guard FileSystem.isDirectory(place.directory) else { return }
    try? PartFile(place).discard()
  }

  /// Removes part and journal.
  func discard() {
    unlink(place.journal)
    unlink(place.part)
  }
}
