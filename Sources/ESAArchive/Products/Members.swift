/// The members of a combined observation, from the text in which the archive keeps them.
enum Members {
  private static let prefix = "caom:JWST/"

  /// The identifiers in a text of URIs with blanks between them, each once.
  static func identifiers(in text: String) -> [String] {
    text.split(whereSeparator: \.isWhitespace).map { uri in
      String(uri.hasPrefix(prefix) ? uri.dropFirst(prefix.count) : uri)
    }.withoutRepetition
  }
}
