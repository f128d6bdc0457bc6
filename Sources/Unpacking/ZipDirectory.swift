/// The directory at the end of a zip archive (PKWARE APPNOTE 6.3, sections 4.3.12 to 4.3.16).
///
/// Members are read front to back by their own headers; the directory is compared with what was found, because only it tells of links, and
/// only its last record proves that nothing is missing.
enum ZipDirectory {
  /// The longest directory that is read, bytes.
  static let longest = 64 << 20

  /// Checks a directory from its first entry to the end of the archive.
  /// - Parameters:
  ///   - bytes: all that follows the last member.
  ///   - memberCount: how many members there were.
  static func check(_ bytes: [UInt8], memberCount: Int) throws(UnpackingError) {
    var position = 0
    var entries = 0
    while number(bytes, position, 4) == 0x0201_4B50 {
      guard let lengths = lengths(bytes, position + 28), let system = number(bytes, position + 5, 1),
        let attributes = number(bytes, position + 38, 4)
      else { throw truncated }
      // Made on Unix: the upper half holds the mode of the file.
      if system == 3, [0xA000, 0x1000, 0x2000, 0x6000, 0xC000].contains(attributes >> 16 & 0xF000) {
        let name = bytes[min(position + 46, bytes.count)...].prefix(lengths[0])
        throw UnpackingError(
          .unsafeMember, member: String(decoding: name, as: UTF8.self),
          "The archive holds a link or a device, which is not unpacked. Nothing of the archive was unpacked.")
      }
      position += 46 + lengths.reduce(0, +)
      entries += 1
    }
    // The two records of ZIP64 stand before the last one.
    if number(bytes, position, 4) == 0x0606_4B50 {
      guard let size = number(bytes, position + 4, 8), size < longest else { throw truncated }
      position += 12 + size
    }
    if number(bytes, position, 4) == 0x0706_4B50 { position += 20 }
    guard number(bytes, position, 4) == 0x0605_4B50, let comment = number(bytes, position + 20, 2),
      position + 22 + comment <= bytes.count
    else { throw truncated }
    guard position + 22 + comment == bytes.count, entries == memberCount else {
      throw UnpackingError(.damaged, "The zip archive and its directory contradict each other; fetch it again.")
    }
  }

  private static let truncated = UnpackingError(
    .truncated, "The zip archive ends before its directory does; fetch it again.")

  /// The lengths of name, extra fields and comment.
  private static func lengths(_ bytes: [UInt8], _ position: Int) -> [Int]? {
    let lengths = [0, 2, 4].compactMap { number(bytes, position + $0, 2) }
    return lengths.count == 3 ? lengths : nil
  }

  /// A number, least byte first; `nil` beyond the end, and for what is no size.
  private static func number(_ bytes: [UInt8], _ position: Int, _ count: Int) -> Int? {
    guard position + count <= bytes.count else { return nil }
    let value = bytes[position..<position + count].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    return Int(exactly: value)
  }
}
