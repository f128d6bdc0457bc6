/// What a file is for, as the archive calls it; others than these may come back in answers.
public struct ArtifactType: RawRepresentable, Sendable, Hashable {
  /// The archive's word.
  public var rawValue: String

  /// A type by its word, in any case.
  public init(rawValue: String) { self.rawValue = rawValue }

  /// Information about the data.
  public static let info = ArtifactType(rawValue: "info")
  /// Small pictures.
  public static let thumbnail = ArtifactType(rawValue: "thumbnail")
  /// Files that help to use the data.
  public static let auxiliary = ArtifactType(rawValue: "auxiliary")
  /// The data.
  public static let science = ArtifactType(rawValue: "science")
  /// Pictures.
  public static let preview = ArtifactType(rawValue: "preview")

  /// The types that can be asked for.
  public static let all: [ArtifactType] = [.info, .thumbnail, .auxiliary, .science, .preview]

  /// The word as it is sent.
  var word: String { rawValue.lowercased() }

  static func validate(_ types: [ArtifactType]) throws(ESAArchiveError) {
    for type in types where !all.contains(where: { $0.word == type.word }) {
      throw .badCriteria(
        "type", "'\(type.rawValue)' is no type of product; give one of \(all.map(\.rawValue).joined(separator: ", ")).")
    }
  }
}
