extension MirrorPlan {
  /// What to do about a file that the archive lists.
  static func action(_ entry: MirrorEntry, _ known: MirrorFile?, _ disk: DiskState?, _ rules: Rules) -> Action {
    let action = openAction(entry, known, disk, rules)
    switch action {
    case .fetch, .replace, .mend:
      return entry.isClosed(at: rules.now) && !rules.asksForExclusive ? .withheld(until: entry.releaseDate) : action
    default: return action
    }
  }

  /// The same, when everybody may have everything.
  private static func openAction(
    _ entry: MirrorEntry, _ known: MirrorFile?, _ disk: DiskState?, _ rules: Rules
  ) -> Action {
    guard let disk else { return known == nil ? .fetch : .mend(.missing) }
    if disk.size < 0 { return .refuse("Something that is no file stands in its place: move it away.") }
    if let fault = disk.fault { return .refuse(fault) }
    guard let known else { return newcomer(entry, disk, rules) }

    let isWhole = isWhole(disk, known)
    let digest = disk.md5 ?? (isWhole ? known.disk.md5 : nil)
    if let listed = entry.mark.md5, let digest {
      if digest == listed { return .present(.checksum) }
      return isWhole ? .replace(keeping: kept(known.mark, path: entry.path, disk, rules)) : .mend(.changed)
    }
    guard isWhole else { return .mend(.changed) }
    let comparison = known.mark.compared(with: entry.mark)
    guard comparison.isSame else { return .replace(keeping: kept(known.mark, path: entry.path, disk, rules)) }
    return .present(min(comparison.certainty, known.certainty))
  }

  /// A file that is there although the memory does not know it: of an earlier download, of another program.
  private static func newcomer(_ entry: MirrorEntry, _ disk: DiskState, _ rules: Rules) -> Action {
    let found = FileMark(size: disk.size, md5: disk.md5)
    let comparison = found.compared(with: entry.mark)
    let sizeDiffers = entry.mark.size.map { $0 != disk.size } ?? false
    // With an MD5 on both sides it alone decides: a catalogue's size may be wrong.
    if !comparison.isSame || (comparison.certainty != .checksum && sizeDiffers) {
      return .replace(keeping: kept(FileMark(md5: disk.md5), path: entry.path, disk, rules))
    }
    return .adopt(comparison.certainty)
  }

  /// What to do about a file that the archive does not list any more.
  static func action(unlisted file: MirrorFile, _ disk: DiskState?, _ rules: Rules) -> Action {
    guard let disk else { return .forget }
    let isWhole = disk.size >= 0 && disk.fault == nil && isWhole(disk, file)
    // What the user has changed is the user's.
    return rules.deletesGone && isWhole ? .delete : .gone(damage: isWhole ? nil : .changed)
  }

  /// Whether a file is still what it was: by its bytes where they have been read, else by what the file system says.
  private static func isWhole(_ disk: DiskState, _ known: MirrorFile) -> Bool {
    guard disk.size == known.disk.size else { return false }
    if let digest = disk.md5, let before = known.disk.md5 { return digest == before }
    return disk.isUntouched(since: known.disk)
  }

  private static func kept(_ mark: FileMark, path: String, _ disk: DiskState, _ rules: Rules) -> String? {
    rules.keepsVersions ? MirrorPath.version(of: path, mark: mark, modified: disk.modified) : nil
  }
}
