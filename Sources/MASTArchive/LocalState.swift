/// What is known of a selected file on disk and of its transfer: the codes of `jwst_mast_query`, section 14.
public struct LocalState: Sendable, Hashable {
  /// The number shown as `dl_code`, `nil` when nobody looked.
  public let code: Int?
  /// The word shown as `dl_str`, `nil` for files not there yet.
  public let word: String?

  /// Nobody has looked whether the file is there.
  public static let unchecked = LocalState(code: nil, word: nil)
  /// Not on disk.
  public static let absent = LocalState(code: 0, word: nil)
  /// Downloaded and verified in this run.
  public static let downloaded = LocalState(code: 1, word: "downloaded")
  /// On disk with the size the catalogue gives.
  public static let exists = LocalState(code: 2, word: "exists")
  /// On disk with another size than the catalogue gives.
  public static let wrongSize = LocalState(code: 4, word: "ERRfilesize")
  /// Not tried: the data are exclusive and nothing gives a right to them.
  public static let exclusive = LocalState(code: 7, word: "exclusive")
  /// The transfer failed.
  public static let failed = LocalState(code: 7, word: "ERRORdownload")

  /// The state of a file before a download.
  /// - Parameters:
  ///   - sizeOnDisk: bytes of the regular file of that name, −1 for anything else of that name, `nil` when there is nothing.
  ///   - catalogueSize: bytes the archive lists; `nil` accepts any size.
  public init(sizeOnDisk: Int64?, catalogueSize: Int64?) {
    guard let sizeOnDisk else { self = .absent; return }
    let isFile = sizeOnDisk >= 0
    self = isFile && (catalogueSize == nil || catalogueSize == sizeOnDisk) ? .exists : .wrongSize
  }

  private init(code: Int?, word: String?) {
    self.code = code
    self.word = word
  }
}
