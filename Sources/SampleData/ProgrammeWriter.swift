import Pictures
import Crypto
import Holdings
import SkyGeometry

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Writes the files of one programme and collects the rows that describe them.
struct ProgrammeWriter {
  let plan: ProgrammePlan
  let directory: String
  let seed: UInt64
  /// Whether files get their names as contents: for a look at all rows without the work of making light.
  let isSketch: Bool
  var contents = SampleContents()
  /// Rows of each file under its owner, in the order in which they were made; looked up by number, never walked through.
  var ownRows: [Int64: [Product]] = [:]
  var archiveFileID: Int64
  /// What has happened to the files since the archive was made first, and the numbers of what came in since.
  let revision: SampleRevision
  private var revisedFileID: Int64
  private var fileSetIDs: [String: Int64] = [:]
  let tint: Tint

  init(
    plan: ProgrammePlan, index: Int, directory: String, seed: UInt64, isSketch: Bool = false, revision: Int = 1
  ) {
    self.isSketch = isSketch
    self.plan = plan
    self.directory = directory
    self.seed = seed
    archiveFileID = 241_000_000 + Int64(index) * 10_000
    self.revision = SampleRevision(number: revision, seed: seed)
    revisedFileID = archiveFileID + Int64(revision) * 10_000_000
    tint = [Tint.amber, .rose, .ice][index % 3]
  }

  var programme: Programme { plan.programme }
  var pool: String { "jw\(programme.number.padded(to: 5))_\(AssociationText.stamp(plan.processed))_pool.csv" }

  /// Old programmes were processed by the previous version of the pipeline and not again since.
  var calibration: Calibration { programme.number == 2732 ? .previous : .current }

  /// When the data become public.
  var release: Int64 {
    let end = plan.exposures.map(\.end).max() ?? 0
    return programme.exclusiveMonths > 0 ? end + Int64(programme.exclusiveMonths) * 2_629_800_000 : plan.processed
  }

  /// What a file is and to whom it belongs, for its rows.
  struct Identity {
    var owner: Int64
    var ownerRoot: String
    var kind: ProductKind
    var mode: Mode
    var optics: Optics
    var isCombined = false
  }

  // MARK: Files

  /// Writes a file, remembers it, and adds its product row to its owner's.
  mutating func add(_ name: String, _ bytes: [UInt8], _ identity: Identity) throws -> SampleFile {
    let folder = programme.number.padded(to: 5)
    let path = "\(folder)/\(name)"
    do {
      try Data(bytes).write(to: URL(filePath: "\(directory)/\(path)"))
    } catch {
      throw SampleDataError(
        .unwritable, "The file could not be written (\(error)); check the folder and its space.", file: path)
    }
    let file = SampleFile(name: name, relativePath: path, size: Int64(bytes.count), md5: md5(bytes))
    contents.files.append(file)
    addRow(for: file, identity)
    return file
  }

  func md5(_ bytes: [UInt8]) -> String {
    let digits = Array("0123456789abcdef")
    return Insecure.MD5.hash(data: bytes).reduce(into: "") {
      $0.append(digits[Int($1 >> 4)])
      $0.append(digits[Int($1 & 15)])
    }
  }

  mutating func addRow(for file: SampleFile, _ identity: Identity) {
    var row = Product()
    row.obsID = identity.owner
    row.obs_collection = "JWST"
    row.dataproduct_type = identity.kind.level == 1 ? "image" : identity.mode.productType
    row.obs_id = identity.ownerRoot
    row.description = identity.kind.description
    row.type = identity.isCombined ? "D" : "S"
    row.dataURI = "mast:JWST/product/\(file.name)"
    row.productType = identity.kind.productType
    row.productGroupDescription = identity.isCombined ? "Minimum Recommended Products" : nil
    row.productSubGroupDescription = identity.kind.subgroup
    row.project = "CALJWST"
    row.prvversion = calibration.version
    row.proposal_id = String(programme.number)
    row.productFilename = file.name
    row.size = file.size
    row.parent_obsid = identity.owner
    row.dataRights = programme.exclusiveMonths > 0 ? "EXCLUSIVE_ACCESS" : "PUBLIC"
    row.calib_level = identity.kind.level
    row.filters = identity.mode == .fgsImage ? nil : identity.optics.archiveName
    ownRows[identity.owner, default: []].append(row)
  }

  mutating func addPictures(of plane: Plane, stem: String, _ identity: Identity, tint: Tint) throws {
    var picture = identity
    picture.kind = .preview(level: identity.kind.level)
    let full = try isSketch ? sketch(stem) : Picture.jpeg(plane, side: 256, tint: tint)
    _ = try add("\(stem).jpg", full, picture)
    picture.kind = .thumbnail(level: identity.kind.level)
    let small = try isSketch ? sketch(stem) : Picture.jpeg(plane, side: 64, tint: tint, quality: 80)
    _ = try add("\(stem)_thumb.jpg", small, picture)
  }

  func sketch(_ name: String) -> [UInt8] { Array("SAMPLE \(name)".utf8) }

  /// What a sketch has in place of a product: its name, and an empty picture where a real product has one.
  func sketch(_ name: String, suffix: String) -> (bytes: [UInt8], preview: Plane?) {
    let pictured = ["uncal", "rate", "cal", "calints", "i2d", "s2d", "s3d", "psfstack"].contains(suffix)
    return (sketch(name), pictured ? Plane(width: 1, height: 1) : nil)
  }

  // MARK: Keyword rows

  mutating func addKeywords(
    _ service: KeywordService, cards: [FITSCard], file: SampleFile, kind: ProductKind, fileSet: String,
    association: String?, region: String?, isStale: Bool = false, isRevised: Bool = false
  ) {
    var row = KeywordRow(service: service, cards: cards)
    // Files of a later revision are numbered apart, so that the others keep their numbers.
    if isRevised { revisedFileID += 3 } else { archiveFileID += 3 }
    let fileID = isRevised ? revisedFileID : archiveFileID
    let processed = plan.processed + (isRevised ? SampleRevision.delay : 0)
    let known = fileSetIDs[fileSet]
    let fileSetID = known ?? archiveFileID / 40 + Int64(fileSetIDs.count)
    if known == nil { fileSetIDs[fileSet] = fileSetID }
    row.cells["ArchiveFileID"] = .integer(fileID)
    row.cells["FileSetId"] = .integer(fileSetID)
    row.cells["FileTypeID"] = .integer(kind.fileTypeID(service))
    row.cells["fileSetName"] = .text(fileSet)
    row.cells["productLevel"] = .text(kind.productLevel)
    row.cells[service.filenameColumn] = .text(file.name)
    row.cells["dataURI"] = .text("mast:JWST/product/\(file.name)")
    row.cells["fileSize"] = .integer(file.size)
    row.cells["checksum"] = .text(file.md5)
    row.cells["isRestricted"] = .boolean(programme.exclusiveMonths > 0)
    row.cells["isItar"] = .boolean(false)
    row.cells["isStale"] = .boolean(isStale)
    row.setDate("ingestStartDate", processed + 60_000)
    row.setDate("ingestCompletionDate", processed + 95_000)
    row.setDate("publicReleaseDate", release)
    if service != .guideStar {
      row.cells["asnpool"] = .text(pool)
      row.cells["asntable"] = association.map(Cell.text)
      row.cells["s_region"] = region.map(Cell.text)
    }
    contents.keywordRows.append(row)
  }
}
