/// Whole numbers in delimited text.
enum NumberText {
  /// A minus sign and digits; `nil` for anything else, out of range included. With a plus sign it stays text, because it
  /// would not come back.
  static func long(_ text: UnsafeBufferPointer<UInt8>) -> Int64? {
    text.first == UInt8(ascii: "+") ? nil : NumberParsing.int64(text)
  }
}
