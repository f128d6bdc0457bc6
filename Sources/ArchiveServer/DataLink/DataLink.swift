internal import LocalArchive

/// A row of a {links} table: one thing that belongs to an identifier, or why there is none. Source: DataLink 1.1, section 3.2.
struct DataLink: Sendable, Hashable {
  /// How a link is followed; just one of the three.
  enum Target: Sendable, Hashable {
    /// By its address.
    case url(String)
    /// By a service that the document describes.
    case service(String)
    /// Not at all, and why.
    case failure(Failure, String)
  }

  /// Why there is no link. Source: DataLink 1.1, section 3.4.
  enum Failure: String, Sendable {
    case notFound = "NotFoundFault"
    case usage = "UsageFault"
    case transient = "TransientFault"
    case fatal = "FatalFault"
  }

  /// The identifier, as the client spelled it.
  var id: String
  /// How the link is followed.
  var target: Target
  /// What it is, in a sentence.
  var description: String
  /// What it is to the identifier, a word of the vocabulary `http://www.ivoa.net/rdf/datalink/core`.
  var semantics: String
  /// What it is in the archive's own words, which tell more apart: `#thumbnail` among them.
  var localSemantics: String?
  /// The media type.
  var contentType: String?
  /// Size, bytes.
  var contentLength: Int64?
  /// Whether a login or token is needed.
  var needsRights = false
  /// Whether the caller has the right.
  var isAuthorized = true
}

extension DataLink {
  /// The word for a file's part in its data set.
  static func semantics(of productType: String?) -> String {
    switch productType?.lowercased() {
    case nil, "science", "this": "#this"
    case "preview", "thumbnail": "#preview"
    case "calibration": "#calibration"
    case "noise": "#noise"
    case "weight": "#weight"
    case "error": "#error"
    case "bias": "#bias"
    case "dark": "#dark"
    case "flat": "#flat"
    case "documentation": "#documentation"
    default: "#auxiliary"
    }
  }
}
