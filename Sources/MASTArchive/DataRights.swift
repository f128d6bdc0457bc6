/// Who may have a file.
public enum DataRights: Sendable, Hashable {
  /// Everybody.
  case everybody
  /// The programme's people until a day, then everybody.
  case exclusive
  /// Only those named, without end.
  case restricted

  /// Reads CAOM's `dataRights`; what is not told counts as open, since the archive has the last word.
  init(_ text: String?) {
    switch text?.uppercased() {
    case "EXCLUSIVE_ACCESS": self = .exclusive
    case "RESTRICTED": self = .restricted
    default: self = .everybody
    }
  }

  /// The word of the option `--rights`.
  public var word: String {
    switch self {
    case .everybody: "public"
    case .exclusive: "exclusive"
    case .restricted: "restricted"
    }
  }

  /// All words of the option `--rights`.
  public static let words = ["public", "exclusive", "restricted"]
}
