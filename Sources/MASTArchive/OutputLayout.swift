import Holdings

/// Where downloaded files go: `root/subfolder/PPPPP/obsnumNN/jpg/name`. Source: `jwst-mast-query` 14.
public struct OutputLayout: Sendable, Hashable {
  /// The output root, an absolute path.
  public var root: String
  /// A folder per programme, five digits.
  public var programFolder = true
  /// A folder per observation number.
  public var observationFolder = true
  /// Programmes that get a folder per observation number although others do not.
  public var programsWithObservationFolder: Set<Int> = []
  /// A folder `jpg` for pictures.
  public var pictureFolder = true

  /// Lays files out below a root, which is an absolute path without a slash at the end.
  public init(root: String) { self.root = root }

  /// The folder of a product.
  public func directory(of entry: ProductEntry) -> String {
    var path = root
    if programFolder { path += "/" + (entry.program?.padded(to: 5) ?? "NA") }
    let isSpecial = entry.program.map(programsWithObservationFolder.contains) ?? false
    if observationFolder || isSpecial { path += "/" + (entry.obsnum.map { "obsnum" + $0.padded(to: 2) } ?? "NA") }
    if pictureFolder && entry.isJPEG { path += "/jpg" }
    return path
  }
}
