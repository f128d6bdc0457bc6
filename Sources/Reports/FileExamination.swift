/// Looks into the files of a programme: reads chosen keywords and makes small pictures.
///
/// A file that was looked at before and has not changed since is not opened again.
struct FileExamination {
  var folder: String
  var options: WebPageOptions

  /// Looks at all files that are there.
  /// - Parameters:
  ///   - record: takes what is found.
  ///   - progress: told how many of how many files are done; `false` ends the round.
  /// - Returns: what could not be read.
  func examine(_ record: inout ProgrammeRecord, progress: (_ done: Int, _ total: Int) -> Bool) -> [ReportsError] {
    var problems: [ReportsError] = []
    // A picture of its own goes before one made from the data.
    let pictured = Set(
      record.files.filter { $0.isPresent && $0.isPicture && !$0.isSmallPicture }.map(\.observation))
    let total = record.files.count
    record.update { file, done in
      if file.isPresent {
        do throws(ReportsError) {
          try readKeywords(&file)
          if file.isPicture || !pictured.contains(file.observation) { try makeThumbnail(&file) }
        } catch {
          problems.append(error)
        }
      }
      return progress(done + 1, total)
    }
    return problems
  }

  private func readKeywords(_ file: inout PageFile) throws(ReportsError) {
    guard file.name.hasSuffix(".fits") else { return }
    let path = folder + "/" + file.path
    let changed = FileBytes.changed(path)
    if file.examined != changed { file.keywords = [:] }
    let wanted = options.keywords.filter { file.keywords[$0] == nil }
    guard !wanted.isEmpty else { return }
    let found = try FITSImageFile(path: path).keywords(wanted)
    for name in wanted { file.keywords[name] = found[name] ?? .absent }
    file.examined = changed
  }

  private func makeThumbnail(_ file: inout PageFile) throws(ReportsError) {
    guard options.makesThumbnails, !file.isSmallPicture else { return }
    let path = folder + "/" + file.path
    let small = Thumbnail.path(of: path)
    // What is older than the file shows another version of it.
    let isCurrent = FileBytes.size(small) != nil && (FileBytes.changed(small) ?? 0) >= (FileBytes.changed(path) ?? 0)
    if options.overwritesThumbnails || !isCurrent {
      file.thumbnail = nil
      guard let bytes = try Thumbnail(options: options).jpeg(of: path) else { return }
      try FileBytes.write(bytes, to: small)
    }
    file.thumbnail = Thumbnail.path(of: file.path)
  }
}
