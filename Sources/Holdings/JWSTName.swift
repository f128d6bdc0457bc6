/// What the name of a JWST file or observation says. Source: `mast-protocol` b.1.
///
///     let name = JWSTName("jw01410020001_02101_00001_nrca1_uncal.fits")!
///     name.program        // 1410
///     name.observation    // 20
///     name.detector       // .nrca1
///     name.suffix         // "uncal"
public struct JWSTName: Sendable, Hashable {
  /// The families of names.
  public enum Kind: Sendable, Hashable {
    case exposure, level3, association, pool, msa, guideStar, planned
  }

  /// The family the name belongs to.
  public private(set) var kind: Kind
  /// Programme number.
  public private(set) var program: Int
  /// Observation number inside the programme: from the visit digits, or from an `oNNN` candidate.
  public private(set) var observation: Int?
  /// Visit number inside the observation.
  public private(set) var visit: Int?
  /// Association candidate: `o004`, `c1001`, `a3001`.
  public private(set) var candidate: String?
  /// The detector, in exposure names.
  public private(set) var detector: Detector?
  /// The instrument, from the detector or named in a level-3 root.
  public private(set) var instrument: Instrument?
  /// Optical elements of a level-3 root, for example `clear-f200w`.
  public private(set) var opticalElements: String?
  /// The name of the observation: all before the suffix.
  public private(set) var root: String
  /// The product suffix without underscore (`uncal`, `rateints`, `ami-oi`), `nil` in the name of an observation.
  public private(set) var suffix: String?
  /// Whether the file is a thumbnail (`…_thumb.jpg`).
  public private(set) var isThumbnail = false
  /// The extension without dot, empty when there is none.
  public private(set) var fileExtension: String

  /// Visit identifier, 11 digits: programme, observation, visit.
  public var visitID: String? {
    guard let observation, let visit else { return nil }
    return program.padded(to: 5) + observation.padded(to: 3) + visit.padded(to: 3)
  }

  /// The archive's name of the file set: the exposure without detector and segment, or the level-3 root up to the instrument.
  public var fileSet: String {
    let parts = root.split(separator: "_")
    switch kind {
    case .exposure: return parts.prefix(3).joined(separator: "_").prefix { $0 != "-" }.description
    case .level3: return parts.prefix(3).joined(separator: "_")
    default: return root
    }
  }

  /// Reads the name of a file or an observation.
  /// - Returns: `nil` when the name does not follow JWST's rules.
  public init?(_ name: some StringProtocol) {
    let name = String(name)
    guard Self.isPlain(name.utf8) else { return nil }
    let stemEnd = name.firstIndex(of: ".") ?? name.endIndex
    fileExtension = name[stemEnd...].dropFirst().description
    var parts = name[..<stemEnd].split(separator: "_", omittingEmptySubsequences: false).map(String.init)
    guard let head = parts.first, head.hasPrefix("jw"), parts.count > 1 else { return nil }
    if parts.last == "thumb" {
      isThumbnail = true
      parts.removeLast()
    }
    guard parts.count > 1, parts.allSatisfy({ !$0.isEmpty }) else { return nil }
    let digits = head.dropFirst(2).prefix { $0.isASCIIDigit }
    guard let program = Int(digits.prefix(5)), digits.count == 5 || digits.count == 11 else { return nil }
    self.program = program
    kind = .exposure
    root = ""
    let candidate = head.dropFirst(2 + digits.count)

    if digits.count == 11 {
      guard candidate.isEmpty else { return nil }
      observation = Int(digits.dropFirst(5).prefix(3))
      visit = Int(digits.suffix(3))
      guard parseVisitName(parts) else { return nil }
    } else if candidate.isEmpty {
      guard parts.count == 3, parts[2] == "pool" else { return nil }
      kind = .pool
      root = parts.prefix(2).joined(separator: "_")
      suffix = "pool"
    } else {
      guard candidate.first == "-", parseCandidateName(String(candidate.dropFirst()), parts) else { return nil }
    }
  }

  /// `jwPPPPPOOOVVV_…`: exposures, guide-star files, MSA configurations and planned activities.
  private mutating func parseVisitName(_ parts: [String]) -> Bool {
    let second = parts[1]
    if second.hasPrefix("gs-") {
      kind = .guideStar
      instrument = .fgs
      var rest = parts
      let last = rest[rest.count - 1].prefix { $0 != "-" }
      if ["stream", "uncal", "cal"].contains(last) { suffix = rest.removeLast() }
      root = rest.joined(separator: "_")
      return true
    }
    if parts.count == 3, parts[2] == "msa" {
      kind = .msa
      instrument = .nirspec
      root = parts.prefix(2).joined(separator: "_")
      suffix = "msa"
      return true
    }
    guard parts.count >= 4 else { return false }
    if second.hasPrefix("xx") {
      kind = .planned
      instrument = Instrument(rawValue: parts[3])
      root = parts.prefix(4).joined(separator: "_")
      return true
    }
    let exposure = parts[2].prefix { $0 != "-" }
    guard second.count == 5, second.prefix(3).allSatisfy(\.isASCIIDigit) else { return false }
    guard exposure.count == 5, exposure.allSatisfy(\.isASCIIDigit) else { return false }
    guard let detector = Detector(rawValue: parts[3]) else { return false }
    self.detector = detector
    instrument = detector.instrument
    root = parts.prefix(4).joined(separator: "_")
    // Exposure-based level-2c products carry the association candidate before the suffix.
    var rest = parts.dropFirst(4)
    if rest.count > 1, let first = rest.first, Self.isCandidate(first) { candidate = rest.removeFirst() }
    suffix = rest.first
    return rest.count <= 1
  }

  /// `jwPPPPP-AC_…`: level-3 products and associations.
  private mutating func parseCandidateName(_ name: String, _ parts: [String]) -> Bool {
    guard Self.isCandidate(name) else { return false }
    candidate = name
    if name.hasPrefix("o") { observation = Int(name.dropFirst()) }
    if parts.last == "asn" {
      kind = .association
      root = parts.dropLast().joined(separator: "_")
      suffix = "asn"
      return true
    }
    kind = .level3
    guard parts.count >= 3, let instrument = Instrument(rawValue: parts[2]) else { return false }
    self.instrument = instrument
    opticalElements = parts.count > 3 ? parts[3] : nil
    root = parts.prefix(4).joined(separator: "_")
    suffix = parts.count > 4 ? parts[4] : nil
    return parts.count <= 5
  }

  /// Whether there are only letters, digits, `_`, `-` and single dots. Bytes, since tens of thousands of names are read at a time.
  private static func isPlain(_ name: String.UTF8View) -> Bool {
    var last: UInt8 = 0
    for byte in name {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
        break
      case UInt8(ascii: ".") where last != byte: break
      default: return false
      }
      last = byte
    }
    return true
  }

  private static func isCandidate(_ text: String) -> Bool {
    guard let letter = text.first else { return false }
    let number = text.dropFirst()
    guard number.allSatisfy(\.isASCIIDigit) else { return false }
    return letter == "o" ? number.count == 3 : "acr".contains(letter) && number.count == 4
  }
}

extension Character {
  var isASCIIDigit: Bool { asciiValue.map { (48...57).contains($0) } ?? false }
}

extension Int {
  /// The number in decimal digits, with zeros in front up to a width.
  public func padded(to width: Int) -> String {
    let digits = String(self)
    return String(repeating: "0", count: Swift.max(0, width - digits.count)) + digits
  }
}
