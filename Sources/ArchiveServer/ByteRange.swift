/// Which bytes of a file a request wants (RFC 9110, sections 13 and 14). One range at a time; a list of ranges gets the whole file.
enum ByteRange: Equatable {
  case whole
  case part(Range<Int64>)
  case unsatisfiable
  case notModified

  /// Decides from the request's headers and the file's state.
  static func wanted(
    method: String, headers: [String: String], size: Int64, entityTag: String, lastModified: String
  ) -> ByteRange {
    if let tags = headers["if-none-match"] {
      if matches(tags, entityTag) { return .notModified }
    } else if headers["if-modified-since"] == lastModified {
      return .notModified
    }
    guard method == "GET", let range = headers["range"] else { return .whole }
    // A date may stand for the tag, but only the very date that was sent.
    if let condition = headers["if-range"], condition != entityTag, condition != lastModified { return .whole }
    return parsed(range, size: size)
  }

  private static func matches(_ tags: String, _ entityTag: String) -> Bool {
    tags.split(separator: ",").contains { tag in
      let bare = tag.drop { $0 == " " }
      let text = bare.prefix { $0 != " " }
      return text == "*" || text == entityTag || text == "W/" + entityTag
    }
  }

  private static func parsed(_ header: String, size: Int64) -> ByteRange {
    let text = header.filter { $0 != " " }
    guard text.lowercased().hasPrefix("bytes="), !text.contains(",") else { return .whole }
    let ends = text.dropFirst(6).split(separator: "-", omittingEmptySubsequences: false)
    guard ends.count == 2, ends.allSatisfy({ $0.allSatisfy { ("0"..."9").contains($0) } }) else { return .whole }
    switch (ends[0].isEmpty, ends[1].isEmpty) {
    case (true, true): return .whole
    case (true, false):
      // The last bytes; a number too large for the type means all of them.
      let count = Int64(ends[1]) ?? .max
      guard count > 0, size > 0 else { return .unsatisfiable }
      return .part(max(0, size - count)..<size)
    case (false, let isOpen):
      guard let first = Int64(ends[0]), first < size else { return .unsatisfiable }
      let last = isOpen ? size - 1 : min(Int64(ends[1]) ?? .max, size - 1)
      guard first <= last else { return .whole }
      return .part(first..<last + 1)
    }
  }
}
