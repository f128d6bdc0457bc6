/// Columns of single bits in a binary answer: the Python client looks at 0x08, the standard's bit is 0x80 (weakness 33).
enum BitColumns {
  static func names(in response: TraceResponse?) -> Set<String> {
    guard let response else { return [] }
    let text = String(decoding: ServerText.inflated(response.body), as: UTF8.self)
    guard text.contains("<BINARY") else { return [] }
    var names: Set<String> = []
    for field in text.matches(of: #/<FIELD\b[^>]*>/#).map(\.output) where field.contains("datatype=\"bit\"") {
      if let name = field.firstMatch(of: #/\bname="([^"]*)"/#) { names.insert(String(name.output.1)) }
    }
    return names
  }
}
