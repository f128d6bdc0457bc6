import Foundation
import TableIO

/// What a server says in an answer that is an error, as a reader would see it. A second, plain reading beside the client's own.
enum ServerText {
  /// The text of an answer; `nil` when it has none or is no error.
  static func message(_ response: TraceResponse) -> String? {
    let body = inflated(response.body)
    // Of bytes that are no UTF-8 only the beginning counts: what comes then may be spelled in several ways.
    let isText = String(validating: body, as: UTF8.self) != nil
    let text = String(decoding: isText ? body[...] : body.prefix { $0 < 0x80 }, as: UTF8.self)
    if let found = text.firstMatch(
      of: #/<(?:\w+:)?INFO\b[^>]*value=["']ERROR["'][^>]*>(?<text>(?s:.*?))</(?:\w+:)?INFO>/#)
    {
      return clean(String(found.output.text))
    }
    guard response.status >= 400 else { return nil }
    return page(text)
  }

  /// The text of a page, whatever its status.
  static func pageText(_ response: TraceResponse) -> String? {
    page(String(decoding: inflated(response.body), as: UTF8.self))
  }

  private static func page(_ text: String) -> String? {
    if let found = text.firstMatch(of: #/<b>Message: ?</b>(?<text>(?s:.*?))</li>/#) {
      return clean(String(found.output.text))
    }
    // Of a page, its heading tells enough.
    if let found = text.firstMatch(of: #/<h1>(?<text>(?s:.*?))</h1>/#) { return clean(String(found.output.text)) }
    let plain = clean(text.replacing(#/<[^>]*>/#, with: " "))
    return plain.isEmpty ? nil : plain
  }

  /// Blanks collapsed, character data and entities resolved.
  static func clean(_ text: String) -> String {
    var text = text
    if let found = text.firstMatch(of: #/<!\[CDATA\[(?<text>(?s:.*?))\]\]>/#) {
      text = String(found.output.text)
    } else {
      for (entity, character) in [
        ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&#39;", "'"), ("&amp;", "&"),
      ] {
        text = text.replacing(entity, with: character)
      }
    }
    return collapsed(text)
  }

  static func collapsed(_ text: String) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  /// The bytes of a gzip stream inflated, others as they are.
  static func inflated(_ bytes: [UInt8]) -> [UInt8] {
    guard let source = try? PeekableByteSource(inflating: MemoryByteSource(bytes)) else { return bytes }
    var all: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 64 << 10)
    while let count = try? piece.withUnsafeMutableBytes({ try source.read(into: $0) }), count > 0 {
      all += piece.prefix(count)
    }
    return all
  }
}
