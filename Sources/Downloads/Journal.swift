#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
import HTTPTransport

/// What must be known to go on with a file later: which version of what its first bytes are. Kept beside the part as JSON.
struct Journal: Codable, Sendable, Hashable {
  var url: String
  /// The digest of the form that was sent; the form itself is nobody else's business.
  var form: String?
  var etag: String?
  var lastModified: String?
  /// The size that the server gave.
  var total: Int64?
  var expectedSize: Int64?
  var checksum: String?

  /// Describes the version of a file that an answer holds.
  init(item: DownloadItem, head: HTTPResponse, total: Int64?) {
    url = item.url
    form = Self.digest(of: item.form)
    expectedSize = item.expectedSize
    checksum = item.checksum?.description
    self.total = total
    if let tag = head.headers["ETag"], Self.isStrong(tag) { etag = tag }
    if let date = head.headers["Last-Modified"], let modified = HTTPDate.seconds(date) {
      // A file that changed in the very second of the answer may change again within it (RFC 9110, 8.8.2.2).
      let sent = head.headers["Date"].flatMap { HTTPDate.seconds($0) }
      if sent.map({ $0 > modified }) ?? true { lastModified = date }
    }
  }

  /// The value for `If-Range`; without one the part cannot be continued.
  var validator: String? { etag ?? lastModified }

  /// Whether the part belongs to this item as the catalogue describes it today.
  func belongs(to item: DownloadItem) -> Bool {
    url == item.url && form == Self.digest(of: item.form) && expectedSize == item.expectedSize
      && checksum == item.checksum?.description
  }

  private static func digest(of form: FormBody?) -> String? {
    guard let form else { return nil }
    var checksum = RunningChecksum(for: .sha256(""))
    Array(form.text.utf8).withUnsafeBytes { checksum.update($0) }
    return checksum.digest?.description
  }

  static func isStrong(_ tag: String) -> Bool { tag.count > 2 && tag.hasPrefix("\"") && tag.hasSuffix("\"") }

  /// The journal as JSON.
  func encoded() throws -> [UInt8] { Array(try JSONEncoder().encode(self)) }

  /// Reads a journal; `nil` when it is damaged.
  init?(_ bytes: [UInt8]) {
    guard let journal = try? JSONDecoder().decode(Journal.self, from: Data(bytes)) else { return nil }
    self = journal
  }
}
