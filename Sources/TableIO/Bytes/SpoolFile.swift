#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Bytes put aside to be read again: in memory as long as they are few, then in a nameless temporary file.
package final class SpoolFile {
  /// Number of bytes put aside.
  package private(set) var count = 0

  private let memoryLimit: Int
  private let directory: String
  private var memory: [UInt8] = []
  private var file: TemporaryFile?

  /// Puts nothing aside yet.
  /// - Parameters:
  ///   - directory: where the file goes; `nil` is the system's usual place.
  ///   - memoryLimit: the most bytes held in memory.
  package init(directory: String? = nil, memoryLimit: Int = 4 << 20) {
    self.directory = directory ?? P_tmpdir
    self.memoryLimit = memoryLimit
  }

  /// Adds bytes at the end.
  /// - Throws: ``TableIOError`` when the disk is full or fails.
  package func append(_ bytes: UnsafeRawBufferPointer) throws(TableIOError) {
    if file == nil, count + bytes.count <= memoryLimit {
      memory.append(contentsOf: bytes)
      count += bytes.count
      return
    }
    if file == nil { try spill() }
    try file?.write(bytes)
    count += bytes.count
  }

  /// Reads bytes from a place.
  /// - Throws: ``TableIOError`` also when there are not so many.
  package func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(TableIOError) {
    try contents.read(at: offset, into: buffer)
  }

  /// What has been put aside so far. Bytes added later are not part of it.
  package var contents: SpooledBytes { SpooledBytes(memory: memory, file: file, count: count) }

  /// Goes on in a file.
  private func spill() throws(TableIOError) {
    let file = try TemporaryFile(in: directory)
    var failure: TableIOError?
    memory.withUnsafeBytes { buffer in
      do throws(TableIOError) { try file.write(buffer) } catch { failure = error }
    }
    if let failure { throw failure }
    memory = []
    self.file = file
  }
}
