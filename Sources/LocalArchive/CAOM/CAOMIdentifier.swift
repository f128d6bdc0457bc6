/// The names that CAOM gives to observations, planes and files, and the keys that follow from them.
///
/// Keys are functions of names, so that an archive made twice, or in another order, has the same ones.
public enum CAOMIdentifier {
  /// The authority and path of publisher identifiers.
  public static let publisher = "ivo://webb.archive/jwst"

  /// The URI of an observation.
  /// - Parameter observation: the observation's name.
  public static func observationURI(_ observation: String) -> String { "caom:JWST/" + observation }

  /// What a plane is called inside its observation.
  /// - Parameter level: calibration level; −1 for what is planned, `nil` where nobody has said it.
  public static func productID(level: Int64?) -> String {
    switch level {
    case nil: "unknown"
    case -1: "planned"
    case .some(let level): "level\(level)"
    }
  }

  /// The URI of a plane.
  /// - Parameters:
  ///   - observation: the name of its observation.
  ///   - level: its calibration level.
  public static func planeURI(_ observation: String, level: Int64?) -> String {
    observationURI(observation) + "/" + productID(level: level)
  }

  /// The identifier under which a plane is published, `ivo://…?observation/product`. Source: ObsCore 1.1, section 4.5.
  /// - Parameters:
  ///   - observation: the name of its observation.
  ///   - level: its calibration level.
  public static func publisherID(_ observation: String, level: Int64?) -> String {
    publisher + "?" + observation + "/" + productID(level: level)
  }

  /// The URI of the plane that a publisher identifier means; `nil` when it is not one of this archive.
  /// - Parameter publisherID: a text such as `ivo://webb.archive/jwst?jw02731001001_02101_00001_nrca1/level2`.
  public static func planeURI(ofPublisherID publisherID: some StringProtocol) -> String? {
    guard publisherID.hasPrefix(publisher + "?") else { return nil }
    return "caom:JWST/" + publisherID.dropFirst(publisher.count + 1)
  }

  /// The key of something with a URI: its 64-bit FNV-1a hash in the form of a UUID,
  /// `00000000-0000-0000-hhhh-hhhhhhhhhhhh`, as the older keys at ESA look.
  /// - Parameter uri: a URI of an observation, a plane or a file.
  public static func uuid(_ uri: some StringProtocol) -> String {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in uri.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    let digits: StaticString = "0123456789abcdef"
    return String(unsafeUninitializedCapacity: 36) { text in
      text.initialize(repeating: UInt8(ascii: "0"))
      for dash in [8, 13, 18, 23] { text[dash] = UInt8(ascii: "-") }
      var position = 35
      for _ in 0..<16 {
        if position == 23 { position -= 1 }
        text[position] = digits.utf8Start[Int(hash & 15)]
        hash >>= 4
        position -= 1
      }
      return 36
    }
  }
}
