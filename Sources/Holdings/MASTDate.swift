/// MAST's JSON dates: `/Date(1756616951000)/`, milliseconds since 1970 UTC.
public enum MASTDate {
  /// Reads the milliseconds out of a date; `nil` when the text is not one.
  public static func milliseconds(_ text: some StringProtocol) -> Int64? {
    guard text.hasPrefix("/Date("), text.hasSuffix(")/") else { return nil }
    return Int64(text.dropFirst(6).dropLast(2))
  }

  /// Writes milliseconds as MAST sends them.
  public static func text(milliseconds: Int64) -> String { "/Date(\(milliseconds))/" }
}
