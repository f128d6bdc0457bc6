import CArchive

/// A libarchive reader at work. It lives on one thread.
final class ArchiveReader {
  /// What the bytes are.
  enum Form: Sendable {
    case tar
    case zip
    /// One content behind bzip2, xz or Zstandard.
    case compressed
  }

  /// A member as its header describes it.
  struct Member {
    /// The name in UTF-8; `nil` when it is no text.
    var name: String?
    /// What kind of member it is.
    var kind: MemberKind
    /// The size of its content, bytes, where the header gives it.
    var size: Int64?
  }

  enum MemberKind: Sendable {
    case file, folder
    case refused(UnpackingError.Kind, String)
  }

  private let archive: OpaquePointer
  private let base: any ByteStage
  private let input = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 17, alignment: 16)
  /// How many bytes of `input` libarchive was given last.
  private var lastGiven = 0
  /// What it was given just before, for it looks ahead over the edge of a piece.
  private var earlier: [UInt8] = []
  private var given: Int64 = 0
  private var isAtEnd = false
  private var failure: UnpackingError?
  private var written: Int64 = 0

  /// So many bytes may libarchive have looked ahead from an earlier piece: more than a tar block.
  private static let lookahead = 4096

  init(_ base: any ByteStage, form: Form) throws(UnpackingError) {
    guard let archive = archive_read_new() else {
      throw UnpackingError(.system, "libarchive could not be started; there is not enough memory.")
    }
    self.archive = archive
    self.base = base
    switch form {
    case .tar: archive_read_support_format_tar(archive)
    case .zip: archive_read_support_format_zip_streamable(archive)
    case .compressed:
      archive_read_support_format_raw(archive)
      archive_read_support_filter_bzip2(archive)
      archive_read_support_filter_xz(archive)
      archive_read_support_filter_zstd(archive)
    }
    let context = Unmanaged.passUnretained(self).toOpaque()
    let status = archive_read_open(
      archive, context, nil,
      { _, context, buffer in
        guard let context, let buffer else { return -1 }
        return Unmanaged<ArchiveReader>.fromOpaque(context).takeUnretainedValue().give(buffer)
      }, nil)
    guard status == ARCHIVE_OK || status == ARCHIVE_WARN else { throw error(.damaged) }
  }

  deinit {
    archive_read_free(archive)
    input.deallocate()
  }

  /// The next member; `nil` at the end.
  func nextMember() throws(UnpackingError) -> Member? {
    var entry: OpaquePointer?
    written = 0
    let status = archive_read_next_header(archive, &entry)
    if status == ARCHIVE_EOF, failure == nil { return nil }
    // A warning is told for names that the process's locale cannot show; they are read as UTF-8 here.
    guard status == ARCHIVE_OK || status == ARCHIVE_WARN, failure == nil, let entry else { throw error(.damaged) }
    return Member(
      name: Self.name(of: entry), kind: Self.kind(of: entry),
      size: archive_entry_size_is_set(entry) != 0 ? Int64(archive_entry_size(entry)) : nil)
  }

  /// The next bytes of the present member, valid until the next call; `nil` at its end.
  func nextBlock() throws(UnpackingError) -> UnsafeRawBufferPointer? {
    var start: UnsafeRawPointer?
    var count = 0
    var offset: la_int64_t = 0
    let status = archive_read_data_block(archive, &start, &count, &offset)
    if status == ARCHIVE_EOF, failure == nil { return nil }
    guard status == ARCHIVE_OK, failure == nil else { throw error(.damaged) }
    guard count == 0 || offset == written else {
      throw UnpackingError(.unsupportedMember, "The archive holds a file with holes, which is not unpacked.")
    }
    written += Int64(count)
    return UnsafeRawBufferPointer(start: start, count: count)
  }

  /// How many bytes the last attempt to read a header took. At the end of a tar: the blocks that mark it.
  var endMarkSize: Int64 { Int64(archive_filter_bytes(archive, 0)) - Int64(archive_read_header_position(archive)) }

  /// Reads on behind the last member, what libarchive has looked at already included; an empty answer is the end.
  func readRest() throws(UnpackingError) -> [UInt8] {
    let unread = given - Int64(archive_filter_bytes(archive, 0))
    if unread > 0 {
      let recent = earlier + input.prefix(lastGiven)
      guard unread <= recent.count else { throw UnpackingError(.damaged, "The end of the archive cannot be found.") }
      earlier = []
      lastGiven = 0
      given -= unread
      return Array(recent.suffix(Int(unread)))
    }
    let count = try base.read(into: input)
    return Array(input.prefix(count))
  }

  /// libarchive's way to the bytes.
  private func give(_ buffer: UnsafeMutablePointer<UnsafeRawPointer?>) -> Int {
    do throws(UnpackingError) {
      earlier = Array((earlier + input.prefix(lastGiven).suffix(Self.lookahead)).suffix(Self.lookahead))
      lastGiven = try base.read(into: input)
      given += Int64(lastGiven)
      isAtEnd = lastGiven == 0
      buffer.pointee = UnsafeRawPointer(input.baseAddress)
      return lastGiven
    } catch {
      failure = error
      lastGiven = 0
      return -1
    }
  }

  private func error(_ kind: UnpackingError.Kind) -> UnpackingError {
    if let failure { return failure }
    let words = archive_error_string(archive).map { " (\(String(cString: $0)))" } ?? ""
    return isAtEnd
      ? UnpackingError(.truncated, "The archive ends too early\(words); fetch it again.")
      : UnpackingError(kind, "The archive is damaged\(words); fetch it again.")
  }
}

extension ArchiveReader {
  private static func name(of entry: OpaquePointer) -> String? {
    // Names come as bytes or as UTF-8, and libarchive turns one into the other by the locale of the process.
    guard let bytes = archive_entry_pathname_utf8(entry) ?? archive_entry_pathname(entry) else { return nil }
    return String(validatingCString: bytes)
  }

  private static func kind(of entry: OpaquePointer) -> MemberKind {
    if archive_entry_hardlink(entry) != nil || archive_entry_hardlink_utf8(entry) != nil {
      return .refused(.unsafeMember, "a hard link")
    }
    if archive_entry_symlink(entry) != nil || archive_entry_symlink_utf8(entry) != nil {
      return .refused(.unsafeMember, "a symbolic link")
    }
    if archive_entry_is_encrypted(entry) != 0 { return .refused(.unsupportedMember, "an encrypted file") }
    if archive_entry_sparse_count(entry) > 0 { return .refused(.unsupportedMember, "a file with holes") }
    if carchive_is_folder(entry) != 0 { return .folder }
    if carchive_is_file(entry) != 0 { return .file }
    return .refused(.unsafeMember, "a device, pipe or socket")
  }
}
