public import Downloads
import HTTPTransport
public import Holdings
public import SkyGeometry

/// What to fetch: the selected products, where each goes, and what is there already.
public struct DownloadPlan: Sendable {
  /// The chosen products.
  public let selection: ProductSelection
  /// The final path of each product, in the order of the selection.
  public let destinations: [String]
  /// What is on disk of each product before the download.
  public let states: [LocalState]
  /// What the keyword services say of the products, by file name; `nil` when they were not asked.
  public let records: [String: FileRecord]?
  /// Why a product cannot be fetched at all: the archive's name for it is not a safe file name.
  public let refusals: [Int: DownloadsError]

  /// Lays the selected products out and compares them with the disk.
  /// - Parameters:
  ///   - selection: the chosen products.
  ///   - layout: where files go.
  ///   - records: what the keyword services say of the products, by file name; `nil` when they were not asked.
  ///   - comparesSizes: whether a file of another size than the catalogue's counts as not there.
  ///   - sizeOnDisk: bytes of the regular file at a path, −1 for anything else there, `nil` for nothing.
  public init(
    selection: ProductSelection, layout: OutputLayout, records: [String: FileRecord]? = nil,
    comparesSizes: Bool = true, sizeOnDisk: (String) -> Int64?
  ) {
    self.selection = selection
    self.records = records
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
  ///   - source: where to fetch public files from.
  public func items(
    _ indices: [Int], client: MASTClient, checksums: [String: String], from source: DownloadSource = .archive
  ) -> [DownloadItem] {
    indices.map { index in
      let entry = selection.products[index]
      let name = entry.product.productFilename ?? ""
      let address = client.downloadURL(dataURI: entry.product.dataURI ?? "mast:JWST/product/" + name)
      let checksum = checksums[name]
      var item = DownloadItem(
        id: String(index), url: address, destination: destinations[index], expectedSize: entry.product.size,
        checksum: checksum.map { .md5($0) })
      if case .bucket(let bucket, let onlyVerifiable) = source, entry.rights == .everybody,
        checksum != nil || !onlyVerifiable, let key = bucket.url(ofFile: name)
      {
        item.url = key
        item.alternatives = [address]
      }
      return item
    }
  }

  /// The products that nobody without a right can have yet.
  /// - Parameters:
  ///   - indices: places in the selection.
  ///   - now: data released by then are public, whatever the catalogue says.
  public func closed(_ indices: [Int], now: ModifiedJulianDate) -> [Int] {
    indices.filter { index in
      let rights = selection.products[index].rights
      if rights == .everybody { return false }
      return rights == .restricted || releaseDate(index).map { $0.rawValue > now.rawValue } ?? true
    }
  }

  /// The day on which a product becomes public, as far as the archive says it.
  /// - Parameter index: its place in the selection.
  public func releaseDate(_ index: Int) -> ModifiedJulianDate? {
    let product = selection.products[index].product
    let day =
      product.productFilename.flatMap { records?[$0]?.releaseDate }
      ?? product.parent_obsid.flatMap { selection.releaseDates[$0] }
    return day.map(ModifiedJulianDate.init(rawValue:))
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
