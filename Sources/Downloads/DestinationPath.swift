/// A path taken apart, and the names that stand beside it while the file is on its way.
package struct DestinationPath: Sendable, Hashable {
  package let directory: String
  package let name: String

  package init(_ path: String) {
    if let slash = path.lastIndex(of: "/") {
      directory = slash == path.startIndex ? "/" : String(path[..<slash])
      name = String(path[path.index(after: slash)...])
    } else {
      directory = "."
      name = path
    }
  }

  package var path: String { directory == "/" ? "/" + name : directory + "/" + name }
  var part: String { path + ".part" }
  var journal: String { path + ".part.json" }

  /// The path without empty and `.` components, to tell two spellings of one file.
  var normal: String {
    (path.hasPrefix("/") ? "/" : "") + path.split(separator: "/").filter { $0 != "." }.joined(separator: "/")
  }
}
