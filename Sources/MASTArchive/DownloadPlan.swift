public import Downloads
import HTTPTransport
public import Holdings

/// What to fetch: the selected products, where each goes, and what is there already.
public struct DownloadPlan: Sendable {
  /// The chosen products.
  public let selection: ProductSelection
  /// The final path of each product, in the order of the selection.
  public let destinations: [String]
  /// What is on disk of each product before the download.
  public let states: [LocalState]
  /// Why a product cannot be fetched at all: the archive's name for it is not a safe file name.
  public let refusals: [Int: DownloadsError]

  /// Lays the selected products out and compares them with the disk.
  /// - Parameters:
  ///   - selection: the chosen products.
  ///   - layout: where files go.
  ///   - comparesSizes: whether a file of another size than the catalogue's counts as not there.
  ///   - sizeOnDisk: bytes of the regular file at a path, −1 for anything else there, `nil` for nothing.
  public init(
    selection: ProductSelection, layout: OutputLayout, comparesSizes: Bool = true, sizeOnDisk: (String) -> Int64?
  ) {
    self.selection = selection
    var destinations: [String] = []
    var states: [LocalState] = []
    var refusals: [Int: DownloadsError] = [:]
    for (index, entry) in selection.products.enumerated() {
      let directory = layout.directory(of: entry)
      do throws(DownloadsError) {
        let name = try SafeFileName(entry.product.productFilename ?? "")
        let path = directory + "/" + name.text
        destinations.append(path)
        let size = comparesSizes ? entry.product.size : nil
        states.append(LocalState(sizeOnDisk: sizeOnDisk(path), catalogueSize: size))
      } catch {
        refusals[index] = error
        destinations.append(directory + "/?")
        states.append(.failed)
      }
    }
    self.destinations = destinations
    self.states = states
    self.refusals = refusals
  }

  /// The products to fetch, by their place in the selection: absent ones and ones of another size; with `clobber` all.
  public func toFetch(clobber: Bool) -> [Int] {
    states.indices.filter { refusals[$0] == nil && (clobber || states[$0] != .exists) }
  }

  /// The transfers of some of the products.
  /// - Parameters:
  ///   - indices: places in the selection.
  ///   - client: the archive to fetch them from.
  ///   - checksums: MD5 by file name, as far as known.
  public func items(_ indices: [Int], client: MASTClient, checksums: [String: String]) -> [DownloadItem] {
    indices.map { index in
      let product = selection.products[index].product
      let name = product.productFilename ?? ""
      return DownloadItem(
        id: String(index), url: client.downloadURL(dataURI: product.dataURI ?? "mast:JWST/product/" + name),
        destination: destinations[index], expectedSize: product.size, checksum: checksums[name].map { .md5($0) })
    }
  }

  /// Programmes and keyword services that know the checksums of some of the products.
  public func checksumSources(_ indices: [Int]) -> [ChecksumSource] {
    var seen: Set<ChecksumSource> = []
    return indices.compactMap { index in
      let entry = selection.products[index]
      guard let program = entry.program, let name = entry.product.productFilename, name.hasSuffix(".fits"),
        let service = KeywordService(holding: name)
      else { return nil }
      let source = ChecksumSource(program: program, service: service)
      return seen.insert(source).inserted ? source : nil
    }
  }
}

/// Where the checksums of a programme's files of one instrument are kept.
public struct ChecksumSource: Sendable, Hashable {
  /// Programme number.
  public var program: Int
  /// The keyword service.
  public var service: KeywordService
}

extension KeywordService {
  /// The service that holds a FITS file of this name.
  public init?(holding filename: String) {
    guard let name = JWSTName(filename) else { return nil }
    if name.kind == .guideStar { self = .guideStar; return }
    guard let instrument = name.instrument else { return nil }
    self.init(instrument)
  }
}
