internal import TableIO

/// What a client asked for with RESPONSEFORMAT. Source: DALI 1.1, section 3.4.3; TAP 1.1, section 2.7.4; ESA's short names.
struct ResponseFormat: Sendable, Hashable {
  /// How rows are written.
  var table: TableFormat
  /// The media type of the answer.
  var mediaType: String
  /// Whether the answer is compressed.
  var isCompressed = false
  /// The ending of a file's name.
  var fileEnding: String

  /// One of the formats that capabilities list.
  struct Offer: Sendable {
    /// The media type as capabilities list it.
    var mediaType: String
    /// Other names by which it can be asked for.
    var aliases: [String]
    /// The standard's identifier.
    var id: String?
    /// How rows are written.
    var table: TableFormat
    /// The ending of a file's name.
    var fileEnding: String
  }

  private static let standard = "ivo://ivoa.net/std/TAPRegExt#output-votable-"
  private static let votable = "application/x-votable+xml"

  /// All formats, in the order of their listing; the first is the usual one.
  static let offers: [Offer] = [
    Offer(
      mediaType: votable + ";serialization=tabledata",
      aliases: ["votable", "votable/td", "votable_plain", votable, "text/xml", "application/xml"], id: standard + "td",
      table: .votable, fileEnding: ".vot"),
    Offer(
      mediaType: votable + ";serialization=binary", aliases: ["votable/b", "votable-binary"], id: standard + "binary",
      table: .votableBinary, fileEnding: ".vot"),
    Offer(
      mediaType: votable + ";serialization=binary2", aliases: ["votable/b2", "votable-binary2"],
      id: standard + "binary2", table: .votableBinary2, fileEnding: ".vot"),
    Offer(
      mediaType: "text/csv;header=present", aliases: ["csv", "text/csv"], table: .csv, fileEnding: ".csv"),
    Offer(
      mediaType: "text/tab-separated-values", aliases: ["tsv"], table: .tsv, fileEnding: ".tsv"),
    Offer(
      mediaType: "application/fits", aliases: ["fits", "image/fits"], table: .fits, fileEnding: ".fits"),
    Offer(
      mediaType: "application/json", aliases: ["json"], table: .json, fileEnding: ".json"),
    Offer(
      mediaType: "application/x-ndjson", aliases: ["jsonl", "application/jsonl"], table: .jsonLines,
      fileEnding: ".jsonl"),
    Offer(
      mediaType: "application/x-ecsv", aliases: ["ecsv", "text/ecsv"], table: .ecsv, fileEnding: ".ecsv"),
    Offer(
      mediaType: "text/plain", aliases: ["text", "txt"], table: .text, fileEnding: ".txt"),
  ]

  /// The format when nothing is said.
  static let usual = ResponseFormat(table: .votable, mediaType: votable, fileEnding: ".vot")

  private init(table: TableFormat, mediaType: String, isCompressed: Bool = false, fileEnding: String) {
    self.table = table
    self.mediaType = mediaType
    self.isCompressed = isCompressed
    self.fileEnding = fileEnding
  }

  /// The same, compressed.
  var compressed: ResponseFormat {
    ResponseFormat(table: table, mediaType: mediaType, isCompressed: true, fileEnding: fileEnding + ".gz")
  }

  /// Reads a value of RESPONSEFORMAT. Who asks by media type gets exactly that one.
  /// - Returns: `nil` for what nobody knows.
  init?(_ text: String) {
    let name = text.lowercased().filter { !$0.isWhitespace && $0 != "\"" }
    if name == "votable_gzip" {
      self.init(table: .votable, mediaType: Self.votable, isCompressed: true, fileEnding: ".vot.gz")
      return
    }
    let words = name.split(separator: ";").map(String.init)
    guard let bare = words.first else { return nil }
    // Of the parameters only the serialisation tells formats apart.
    let serialization = words.dropFirst().first { $0.hasPrefix("serialization=") }
    let wanted = ([bare] + [serialization].compactMap(\.self)).joined(separator: ";")
    guard let offer = Self.offers.first(where: { $0.answers(to: wanted) }) else { return nil }
    let isOtherType = bare.contains("/") && !bare.hasPrefix("votable/") && bare != offer.bareType
    let isAnyVOTable = offer.table == .votable && serialization == nil && bare != "votable/td"
    self.init(
      table: offer.table, mediaType: isOtherType ? bare : isAnyVOTable ? Self.votable : offer.mediaType,
      fileEnding: offer.fileEnding)
  }
}

extension ResponseFormat.Offer {
  fileprivate var bareType: String { String(mediaType.prefix { $0 != ";" }) }

  /// Whether a name or a media type means this format.
  fileprivate func answers(to name: String) -> Bool {
    aliases.contains(name) || name == mediaType || name == bareType && id == nil
  }
}
