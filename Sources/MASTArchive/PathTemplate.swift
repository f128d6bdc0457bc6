import Holdings

/// Where a file goes below the root, as a pattern: `{program}/{obsnum}/{detector}/{file}`.
public struct PathTemplate: Sendable, Hashable {
  /// What stands in braces.
  public enum Field: String, Sendable, Hashable, CaseIterable {
    /// Programme number, five digits.
    case program
    /// Observation number, three digits, also of products that combine the observation's exposures.
    case obsnum
    /// Visit number, three digits.
    case visit
    /// Detector as in file names; the instrument for products of several detectors.
    case detector
    /// Instrument in lower case.
    case instrument
    /// Optical elements joined by `-`, in lower case.
    case filter
    /// Level of processing: `1b`, `2a`, `2b`, `2c`, `3`.
    case level
    /// Suffix: `uncal`, `rate`, `i2d`.
    case suffix
    /// Extension: `fits`, `jpg`.
    case ext
    /// CAOM's kind in lower case: `science`, `preview`.
    case type
    /// Name of the observation.
    case obsID = "obs_id"
    /// Name of the file, always the last part.
    case file
  }

  private enum Piece: Hashable {
    case text(String)
    case field(Field)
  }

  /// The pattern as written.
  public let text: String
  /// Folders, each made of pieces.
  private let folders: [[Piece]]

  /// Reads a pattern; where it does not end in `{file}`, that is added.
  /// - Throws: ``MASTArchiveError`` of kind `.badCriteria`.
  public init(_ text: String) throws(MASTArchiveError) {
    self.text = text
    var parts: [[Piece]] = []
    for part in text.split(separator: "/", omittingEmptySubsequences: false) {
      parts.append(try Self.pieces(part, of: text))
    }
    if parts.last == [.field(.file)] || parts.last == [] { parts.removeLast() }
    folders = parts
    let isWhole = folders.allSatisfy { !$0.isEmpty && !$0.contains(.field(.file)) && !Self.climbs($0) }
    guard isWhole, !text.isEmpty else {
      throw Self.error(
        text, "it must be a path below the root with {file} as its last part alone, without empty parts, . and ..")
    }
  }

  private static func climbs(_ pieces: [Piece]) -> Bool { pieces == [.text(".")] || pieces == [.text("..")] }

  private static func pieces(_ part: Substring, of text: String) throws(MASTArchiveError) -> [Piece] {
    var pieces: [Piece] = []
    var rest = part
    while !rest.isEmpty {
      let plain = rest.prefix { $0 != "{" && $0 != "}" }
      if !plain.isEmpty {
        guard !plain.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else {
          throw error(text, "it holds control characters")
        }
        pieces.append(.text(String(plain)))
        rest = rest[plain.endIndex...]
        continue
      }
      guard rest.first == "{", let end = rest.firstIndex(of: "}") else { throw error(text, "a brace has no partner") }
      let word = rest[rest.index(after: rest.startIndex)..<end]
      guard let field = Field(rawValue: String(word)) else {
        let known = Field.allCases.map { "{\($0.rawValue)}" }.joined(separator: " ")
        throw error(text, "there is no {\(word)}; there are \(known)")
      }
      pieces.append(.field(field))
      rest = rest[rest.index(after: end)...]
    }
    return pieces
  }

  private static func error(_ text: String, _ reason: String) -> MASTArchiveError {
    MASTArchiveError(.badCriteria, "The layout \"\(text)\" cannot be used: \(reason).")
  }

  /// The folder of a product below the root, empty for the root itself; what is not known is `NA`.
  func folder(of entry: ProductEntry) -> String {
    folders.map { pieces in
      let name = pieces.map { piece in
        switch piece {
        case .text(let text): text
        case .field(let field): Self.safe(entry.value(of: field)) ?? "NA"
        }
      }.joined()
      // A folder made of values alone must not climb or hide either.
      return name.hasPrefix(".") ? "_" + name : name
    }.joined(separator: "/")
  }

  /// A value as part of a folder's name; `nil` when nothing is left of it.
  private static func safe(_ value: String?) -> String? {
    guard let value, !value.isEmpty else { return nil }
    return String(
      value.prefix(100).map { $0.isASCII && ($0.isLetter || $0.isNumber || "-_+.".contains($0)) ? $0 : "_" })
  }
}

extension ProductEntry {
  fileprivate func value(of field: PathTemplate.Field) -> String? {
    switch field {
    case .program: program?.padded(to: 5)
    case .obsnum: (obsnum ?? combinedObsnum)?.padded(to: 3)
    case .visit: visit
    case .detector: detector?.rawValue ?? instrument?.rawValue
    case .instrument: instrument?.rawValue
    case .filter: opticalElements.isEmpty ? nil : opticalElements.joined(separator: "-").lowercased()
    case .level: processingLevel
    case .suffix: fileType.map { String($0.dropFirst().prefix { $0 != "." }) }
    case .ext:
      product.productFilename.flatMap { name in name.lastIndex(of: ".").map { String(name[$0...].dropFirst()) } }
    case .type: product.productType?.lowercased()
    case .obsID: product.obs_id
    case .file: nil
    }
  }
}
