import Downloads

/// The name of a member that has been found harmless: components that each stay in their folder.
struct MemberName: Sendable, Hashable {
  let components: [String]

  /// Checks the name of a member. Empty components and `.` mean nothing and are left out.
  init(_ raw: String, limits: UnpackLimits) throws(UnpackingError) {
    guard raw.utf8.count <= limits.nameLength else {
      throw UnpackingError(
        .limit, member: String(raw.prefix(80)) + "…",
        "A name in the archive is longer than \(limits.nameLength) bytes, so nothing of it was unpacked.")
    }
    let slash = UInt8(ascii: "/")
    guard raw.utf8.first != slash else {
      throw Self.refusal(raw, "it is absolute and would leave the folder")
    }
    var components: [String] = []
    for bytes in raw.utf8.split(separator: slash) {
      let component = String(decoding: bytes, as: UTF8.self)
      if component == "." { continue }
      if component == ".." { throw Self.refusal(raw, "it leads out of the folder") }
      do throws(DownloadsError) {
        components.append(try SafeFileName(component).text)
      } catch {
        throw Self.refusal(raw, "one of its parts must not be used", cause: error)
      }
    }
    guard components.count <= limits.depth else {
      throw UnpackingError(
        .limit, member: raw,
        "A member of the archive stands more than \(limits.depth) folders deep, so nothing of it was unpacked.")
    }
    self.components = components
  }

  /// The components with slashes between them.
  var text: String { components.joined(separator: "/") }

  private static func refusal(_ raw: String, _ reason: String, cause: (any Error)? = nil) -> UnpackingError {
    UnpackingError(
      .unsafeName, member: raw,
      "The name of a member cannot be used: \(reason). Nothing of the archive was unpacked.", cause: cause)
  }
}
