internal import ADQL
internal import TableIO

/// A query as TAP's parameters describe it, checked. Source: TAP 1.1, section 2.7.
struct TAPRequest: Sendable {
  /// The language and its version.
  var language = "ADQL"
  /// The query's text.
  var query: String
  /// How the result is written.
  var format = ResponseFormat.usual
  /// The most rows that the client wants.
  var maxRows: Int?
  /// Tables that come along: their names and where they are.
  var uploads: [(name: String, source: UploadSource)] = []

  /// Where an uploaded table is.
  enum UploadSource: Sendable, Hashable {
    /// In a part of the request.
    case part(String)
    /// Elsewhere, to be fetched.
    case url(String)
  }

  /// Languages that the service speaks, in the order of their listing.
  static let languages = ["ADQL", "ADQL-2.0", "ADQL-2.1"]
  /// The longest run identifier (TAP 1.1, section 2.7.7).
  static let runIDLimit = 64
  static let uploadLimit = 32

  /// Checks parameters. Others than those of TAP are left alone.
  /// - Throws: ``TAPFault`` that says which value is wrong, and what it may be.
  init(_ items: [FormItem]) throws(TAPFault) {
    if let runID = try Self.single("RUNID", items), runID.unicodeScalars.count > Self.runIDLimit {
      throw TAPFault("RUNID has more than \(Self.runIDLimit) characters.")
    }
    if let text = try Self.single("LANG", items), !text.isEmpty {
      guard let known = Self.languages.first(where: { $0 == text.uppercased() }) else {
        throw TAPFault(
          "LANG \"\(text.excerpt)\" is not supported: choose one of \(Self.languages.joined(separator: ", ")).")
      }
      language = known
    }
    if let request = try Self.single("REQUEST", items), !request.isEmpty, request.lowercased() != "doquery" {
      throw TAPFault("REQUEST \"\(request.excerpt)\" is not supported: leave it out, or say doQuery.")
    }
    query = try Self.single("QUERY", items) ?? ""
    guard query.contains(where: { !$0.isWhitespace }) else {
      throw TAPFault("QUERY is missing: it holds the query in ADQL.")
    }
    if let text = try Self.format(items), !text.isEmpty {
      guard let known = ResponseFormat(text) else {
        let names = ResponseFormat.offers.compactMap(\.aliases.first).joined(separator: ", ")
        throw TAPFault("RESPONSEFORMAT \"\(text.excerpt)\" is not supported: choose one of \(names).")
      }
      format = known
      // ESA's service compresses these for TapPlus, which then gives its files names ending in .gz and reads FITS in no other way.
      if items.contains(where: { $0.name == "tapclient" }), ["votable", "fits", "ecsv"].contains(text.lowercased()) {
        format = known.compressed
      }
    }
    if let text = try Self.single("MAXREC", items), !text.isEmpty {
      guard let number = Int(text.trimmingBlanks), number >= 0 else {
        throw TAPFault("MAXREC \"\(text.excerpt)\" is not a number of rows: 0 or more.")
      }
      maxRows = number
    }
    uploads = try Self.uploads(items)
  }

  /// The value of a parameter that may stand only once (DALI 1.1, section 2.2).
  static func single(_ name: String, _ items: [FormItem]) throws(TAPFault) -> String? {
    let values = items.filter { $0.name.uppercased() == name }
    guard values.count < 2 else { throw TAPFault("\(name) is given \(values.count) times; it may stand once.") }
    return values.first?.value
  }

  /// RESPONSEFORMAT, or FORMAT as TAP 1.0 called it. TapPlus says FORMAT for the result and, in the same request, `format` for a table
  /// that it uploads: the two spellings count apart, and the one in capitals is meant.
  private static func format(_ items: [FormItem]) throws(TAPFault) -> String? {
    if let text = try single("RESPONSEFORMAT", items) { return text }
    let capital = items.filter { $0.name == "FORMAT" }
    return try single("FORMAT", capital.isEmpty ? items : capital)
  }

  /// `name,uri`, several of them in several parameters (TAP 1.1) or in one with semicolons between (TAP 1.0).
  private static func uploads(_ items: [FormItem]) throws(TAPFault) -> [(name: String, source: UploadSource)] {
    var uploads: [(name: String, source: UploadSource)] = []
    for item in items where item.name.uppercased() == "UPLOAD" {
      for pair in pairs(item.value) {
        guard let comma = pair.firstIndex(of: ",") else {
          throw TAPFault("UPLOAD \"\(pair.excerpt)\" is not NAME,ADDRESS.")
        }
        let name = pair[..<comma].trimmingBlanks
        let address = pair[pair.index(after: comma)...].trimmingBlanks
        guard Identifier.hasRegularForm(name), name.utf8.count <= 64 else {
          throw TAPFault(
            "The uploaded table's name \"\(name.excerpt)\" is not a letter followed by letters, digits and _, 64 of them at most."
          )
        }
        guard !uploads.contains(where: { $0.name.lowercased() == name.lowercased() }) else {
          throw TAPFault("Two uploaded tables are called \(name).")
        }
        guard uploads.count < uploadLimit else { throw TAPFault("A query may bring \(uploadLimit) tables at most.") }
        uploads.append((name, try source(address)))
      }
    }
    return uploads
  }

  private static func source(_ address: String) throws(TAPFault) -> UploadSource {
    let lower = address.lowercased()
    if lower.hasPrefix("param:") { return .part(String(address.dropFirst(6))) }
    if lower.hasPrefix("http://") || lower.hasPrefix("https://") { return .url(address) }
    throw TAPFault("The uploaded table's address \"\(address.excerpt)\" begins with none of param:, http: and https:.")
  }

  /// A semicolon separates pairs only where a name and a comma follow: addresses may have some of their own.
  private static func pairs(_ text: String) -> [String] {
    var pairs: [String] = []
    for piece in text.split(separator: ";").map(String.init) {
      let isPair = piece.firstIndex(of: ",").map { Identifier.hasRegularForm(piece[..<$0].trimmingBlanks) } ?? false
      if isPair || pairs.isEmpty { pairs.append(piece) } else { pairs[pairs.count - 1] += ";" + piece }
    }
    return pairs
  }
}

extension StringProtocol {
  /// The beginning of a value, for messages.
  var excerpt: String { count > 60 ? prefix(60) + "…" : String(self) }
}
