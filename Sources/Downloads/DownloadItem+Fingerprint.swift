import HTTPTransport

extension DownloadItem {
  /// A digest of what is asked for and of what the catalogue tells of it; the form itself is nobody else's business.
  package var fingerprint: String {
    let parts = [url, form?.text ?? "", expectedSize.map { "\($0)" } ?? "", checksum?.description ?? ""]
    var digest = RunningChecksum(for: .sha256(""))
    Array(parts.joined(separator: "\n").utf8).withUnsafeBytes { digest.update($0) }
    return digest.digest?.description ?? ""
  }
}
