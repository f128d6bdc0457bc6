/// Paths below the directory. They come from a server or from a file in the directory, so none is believed.
enum MirrorPath {
  /// Whether a path stays below the directory and names nothing hidden in it.
  static func isSafe(_ path: String) -> Bool {
    !path.isEmpty && path.utf8.count < 4096 && !path.utf8.contains(0) && !path.contains("\\")
      && path.split(separator: "/", omittingEmptySubsequences: false).allSatisfy {
        !$0.isEmpty && !$0.hasPrefix(".")
      }
  }

  /// Where an older version of a file is kept: beside it, its number before the ending, so that it still ends in `.fits`.
  static func version(of path: String, mark: FileMark, modified: Int64) -> String {
    let tag =
      mark.archiveFileID.map(String.init) ?? mark.md5.map { String($0.prefix(12)) }
      ?? "t\(modified / 1_000_000_000)"
    let slash = path.lastIndex(of: "/").map(path.index(after:)) ?? path.startIndex
    guard let dot = path[slash...].lastIndex(of: ".") else { return path + ".v" + tag }
    return path[..<dot] + ".v" + tag + path[dot...]
  }
}
