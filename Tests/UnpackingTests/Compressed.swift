import CArchive

struct CompressionFailure: Error {}

/// What libarchive's writers make; they are another's work than the reading side's rules.
struct WrittenArchive {
  enum Form: String, CaseIterable { case zip, pax, bzip2, xz, zstandard }

  struct File {
    var name: String
    var content: [UInt8]
    var link: String?
    /// Where the content's bytes lie in a file with holes.
    var data: Range<Int>?

    init(_ name: String, _ content: [UInt8], link: String? = nil, data: Range<Int>? = nil) {
      (self.name, self.content, self.link, self.data) = (name, content, link, data)
    }
  }

  /// An archive of files. `bzip2`, `xz` and `zstandard` are tar archives behind that filter.
  static func bytes(_ form: Form, _ files: [File]) throws -> [UInt8] {
    guard let archive = archive_write_new() else { throw CompressionFailure() }
    defer { archive_write_free(archive) }
    switch form {
    case .zip: archive_write_set_format_zip(archive)
    default: archive_write_set_format_pax_restricted(archive)
    }
    switch form {
    case .bzip2: archive_write_add_filter_bzip2(archive)
    case .xz: archive_write_add_filter_xz(archive)
    case .zstandard: archive_write_add_filter_zstd(archive)
    case .zip, .pax: break
    }
    var output = [UInt8](repeating: 0, count: files.reduce(1 << 20) { $0 + $1.content.count + 4096 })
    var used = 0
    let status = output.withUnsafeMutableBytes { buffer -> Int32 in
      guard archive_write_open_memory(archive, buffer.baseAddress, buffer.count, &used) == ARCHIVE_OK else { return -1 }
      for file in files {
        guard let entry = archive_entry_new() else { return -1 }
        defer { archive_entry_free(entry) }
        archive_entry_set_pathname(entry, file.name)
        archive_entry_set_size(entry, Int64(file.content.count))
        archive_entry_set_perm(entry, 0o644)
        // AE_IFREG and AE_IFLNK are macros with a cast.
        archive_entry_set_filetype(entry, file.link == nil ? 0o100000 : 0o120000)
        if let link = file.link { archive_entry_set_symlink(entry, link) }
        if let data = file.data { archive_entry_sparse_add_entry(entry, Int64(data.lowerBound), Int64(data.count)) }
        guard archive_write_header(archive, entry) == ARCHIVE_OK else { return -1 }
        let written = file.content.withUnsafeBytes { archive_write_data(archive, $0.baseAddress, $0.count) }
        guard written == file.content.count else { return -1 }
      }
      return archive_write_close(archive)
    }
    guard status == ARCHIVE_OK else { throw CompressionFailure() }
    return Array(output.prefix(used))
  }
}
