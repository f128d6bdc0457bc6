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
  private(set) var contents = SampleContents()
  /// Rows of each file under its owner, in the order in which they were made; looked up by number, never walked through.
  private var ownRows: [Int64: [Product]] = [:]
  private var archiveFileID: Int64
  private var fileSetIDs: [String: Int64] = [:]
  private let tint: Tint

  init(plan: ProgrammePlan, index: Int, directory: String, seed: UInt64, isSketch: Bool = false) {
    self.isSketch = isSketch
    self.plan = plan
    self.directory = directory
    self.seed = seed
    archiveFileID = 241_000_000 + Int64(index) * 10_000
    tint = [Tint.amber, .rose, .ice][index % 3]
  }

  private var programme: Programme { plan.programme }
  private var pool: String { "jw\(padded(programme.number, 5))_\(AssociationText.stamp(plan.processed))_pool.csv" }

  /// Old programmes were processed by the previous version of the pipeline and not again since.
  private var calibration: Calibration { programme.number == 2732 ? .previous : .current }

  /// When the data become public.
  private var release: Int64 {
    let end = plan.exposures.map(\.end).max() ?? 0
    return programme.exclusiveMonths > 0 ? end + Int64(programme.exclusiveMonths) * 2_629_800_000 : plan.processed
  }

  /// What a file is and to whom it belongs, for its rows.
  private struct Identity {
    var owner: Int64
    var ownerRoot: String
    var kind: ProductKind
    var mode: Mode
    var optics: Optics
    var isCombined = false
  }

  // MARK: Files

  /// Writes a file, remembers it, and adds its product row to its owner's.
  private mutating func add(_ name: String, _ bytes: [UInt8], _ identity: Identity) throws -> SampleFile {
    let folder = padded(programme.number, 5)
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

  private func md5(_ bytes: [UInt8]) -> String {
    let digits = Array("0123456789abcdef")
    return Insecure.MD5.hash(data: bytes).reduce(into: "") {
      $0.append(digits[Int($1 >> 4)])
      $0.append(digits[Int($1 & 15)])
    }
  }

  private mutating func addRow(for file: SampleFile, _ identity: Identity) {
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

  private mutating func addPictures(of plane: Plane, stem: String, _ identity: Identity, tint: Tint) throws {
    var picture = identity
    picture.kind = .preview(level: identity.kind.level)
    let full = try isSketch ? sketch(stem) : Picture.jpeg(plane, side: 256, tint: tint)
    _ = try add("\(stem).jpg", full, picture)
    picture.kind = .thumbnail(level: identity.kind.level)
    let small = try isSketch ? sketch(stem) : Picture.jpeg(plane, side: 64, tint: tint, quality: 80)
    _ = try add("\(stem)_thumb.jpg", small, picture)
  }

  private func sketch(_ name: String) -> [UInt8] { Array("SAMPLE \(name)".utf8) }

  /// What a sketch has in place of a product: its name, and an empty picture where a real product has one.
  private func sketch(_ name: String, suffix: String) -> (bytes: [UInt8], preview: Plane?) {
    let pictured = ["uncal", "rate", "cal", "calints", "i2d", "s2d", "s3d", "psfstack"].contains(suffix)
    return (sketch(name), pictured ? Plane(width: 1, height: 1) : nil)
  }

  // MARK: Keyword rows

  private mutating func addKeywords(
    _ service: KeywordService, cards: [FITSCard], file: SampleFile, kind: ProductKind, fileSet: String,
    association: String?, region: String?, isStale: Bool = false
  ) {
    var row = KeywordRow(service: service, cards: cards)
    archiveFileID += 3
    let known = fileSetIDs[fileSet]
    let fileSetID = known ?? archiveFileID / 40 + Int64(fileSetIDs.count)
    if known == nil { fileSetIDs[fileSet] = fileSetID }
    row.cells["ArchiveFileID"] = .integer(archiveFileID)
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
    row.setDate("ingestStartDate", plan.processed + 60_000)
    row.setDate("ingestCompletionDate", plan.processed + 95_000)
    row.setDate("publicReleaseDate", release)
    if service != .guideStar {
      row.cells["asnpool"] = .text(pool)
      row.cells["asntable"] = association.map(Cell.text)
      row.cells["s_region"] = region.map(Cell.text)
    }
    contents.keywordRows.append(row)
  }
}

// MARK: Exposures

extension ProgrammeWriter {
  /// Writes the files of an exposure.
  mutating func write(_ exposure: Exposure, scene: SkyScene) throws {
    let files = isSketch ? nil : ExposureFiles(exposure: exposure, scene: scene, seed: seed)
    let (association, _) = associationNames(exposure)
    // The position of slitless spectra on the sky is not recorded in the keyword services.
    let hasRegion = exposure.mode != .nircamWFSS && exposure.mode != .nirissWFSS
    let region = hasRegion ? regionText(exposure.outlines, withFrame: true) : nil
    let isSpectral = !exposure.mode.isImaging
    for suffix in exposure.mode.exposureSuffixes {
      let name = "\(exposure.root)_\(suffix).fits"
      let identity = identity(exposure, ProductKind(suffix: suffix, isCombined: false))
      let isReprocessed = name == Self.reprocessedFile
      let version = isReprocessed ? Calibration.current : calibration
      let cards = HeaderCards.exposure(
        exposure, in: programme, file: name, calibration: version, processed: plan.processed)
      let (bytes, preview) = try files?.file(suffix, name: name, cards: cards) ?? sketch(name, suffix: suffix)
      if isReprocessed, let files { try addPreviousVersion(of: name, suffix, files, exposure) }
      let file = try add(name, bytes, identity)
      addKeywords(
        KeywordService(exposure.mode.instrument), cards: cards, file: file, kind: identity.kind,
        fileSet: exposure.fileSet, association: association, region: region, isStale: name == Self.staleFile)
      if isReprocessed { setVersion(version, of: name, owner: exposure.obsid) }
      if let preview, suffix != "rateints" {
        try addPictures(of: preview, stem: "\(exposure.root)_\(suffix)", identity, tint: isSpectral ? .spectrum : tint)
      }
    }
    var info = identity(exposure, ProductKind(suffix: "asn", isCombined: false))
    let type = exposure.mode.associationTypes.stage2
    let text = AssociationText.association(
      type: type, rule: AssociationText.rule(type), candidate: "o\(padded(exposure.observation, 3))",
      program: programme.number, pool: pool, product: exposure.root, members: ["\(exposure.root)_rate.fits"],
      calibration: calibration)
    _ = try add(association, Array(text.utf8), info)
    info.kind = ProductKind(suffix: "pool", isCombined: false)
    try addPool(info)
    contents.observations.append(Observation(exposure: exposure, programme: programme, release: release))
  }

  private func identity(_ exposure: Exposure, _ kind: ProductKind) -> Identity {
    Identity(
      owner: exposure.obsid, ownerRoot: exposure.root, kind: kind, mode: exposure.mode, optics: exposure.optics)
  }

  private func associationNames(_ exposure: Exposure) -> (name: String, type: String) {
    let type = exposure.mode.associationTypes.stage2
    let stamp = AssociationText.stamp(plan.processed)
    let candidate = "jw\(padded(programme.number, 5))-o\(padded(exposure.observation, 3))"
    return ("\(candidate)_\(stamp)_\(type)_\(padded(exposure.ordinal, 5))_asn.json", type)
  }

  /// The pool is one file for the whole programme, listed under each of its observations.
  private mutating func addPool(_ identity: Identity) throws {
    if let file = written(pool) {
      addRow(for: file, identity)
    } else {
      _ = try add(pool, Array(AssociationText.pool(plan, calibration: calibration).utf8), identity)
    }
  }

  private func written(_ name: String) -> SampleFile? { contents.files.first { $0.name == name } }

  /// The one file of the sample that was processed again, and the one that waits for it.
  private static let reprocessedFile = "jw02732001001_02101_00001_mirimage_cal.fits"
  private static let staleFile = "jw02732001001_02102_00001_mirimage_cal.fits"

  private mutating func addPreviousVersion(
    of name: String, _ suffix: String, _ files: ExposureFiles, _ exposure: Exposure
  ) throws {
    let before = plan.processed - 40 * 86_400_000
    let cards = HeaderCards.exposure(
      exposure, in: programme, file: name, calibration: .previous, processed: before)
    let bytes = try files.file(suffix, name: name, cards: cards).bytes
    contents.previousVersions.append(
      FileVersion(
        filename: name, archiveFileID: archiveFileID - 900_000, checksum: md5(bytes), size: Int64(bytes.count),
        cal_ver: Calibration.previous.version, crds_ctx: Calibration.previous.context,
        ingestCompletionDate_mjd: ModifiedJulianDate(unixMilliseconds: before + 95_000).rawValue))
  }

  private mutating func setVersion(_ version: Calibration, of name: String, owner: Int64) {
    guard var rows = ownRows[owner], let index = rows.firstIndex(where: { $0.productFilename == name }) else { return }
    rows[index].prvversion = version.version
    ownRows[owner] = rows
  }
}

// MARK: Visits

extension ProgrammeWriter {
  /// Writes the files of a visit and adds them to the rows of its exposures.
  mutating func writeVisit(of exposures: [Exposure]) throws {
    guard let first = exposures.first else { return }
    let visit = VisitFiles(exposure: first, programme: programme, seed: seed)
    for (index, guide) in visit.guideStarFiles.enumerated() {
      let kind = ProductKind.guideStar(suffix: guide.suffix)
      let cards = visit.cards(guide, calibration: calibration, processed: plan.processed)
      let bytes = try isSketch ? sketch(guide.name) : visit.guideStarBytes(guide, cards: cards)
      let owner = plan.firstObsid + 800 + Int64(first.observation) * 5 + Int64(index)
      let file = try add(
        guide.name, bytes,
        Identity(owner: owner, ownerRoot: guide.root, kind: kind, mode: first.mode, optics: first.optics))
      addKeywords(
        .guideStar, cards: cards, file: file, kind: kind, fileSet: guide.root, association: nil, region: nil)
      guard let row = ownRows[owner]?.last else { continue }
      for exposure in exposures { share(row, with: exposure.obsid) }
    }
    guard first.mode == .nirspecMSA else { return }
    let kind = ProductKind(suffix: "msa", isCombined: false)
    let bytes = try visit.shutterBytes(processed: plan.processed)
    let file = try add(visit.shutterFile, bytes, identity(first, kind))
    addKeywords(
      .nirspec, cards: visit.shutterCards(processed: plan.processed), file: file, kind: kind,
      fileSet: "\(file.name.dropLast(9))", association: nil, region: nil)
    for exposure in exposures.dropFirst() { addRow(for: file, identity(exposure, kind)) }
  }

  /// Lists a file under another parent too, its owner staying who it is.
  private mutating func share(_ row: Product, with parent: Int64) {
    var row = row
    row.parent_obsid = parent
    ownRows[parent, default: []].append(row)
  }
}

// MARK: Combinations

extension ProgrammeWriter {
  /// Writes the files of a combined product.
  mutating func write(_ combination: Combination, scene: SkyScene) throws {
    let files = isSketch ? nil : CombinationFiles(combination: combination, scene: scene, seed: seed)
    let candidate = "o\(padded(combination.observation, 3))"
    let type = combination.mode.associationTypes.stage3
    let association =
      "jw\(padded(programme.number, 5))-\(candidate)_\(AssociationText.stamp(plan.processed))_\(type)_"
      + "\(padded(combination.ordinal, 5))_asn.json"
    let region = regionText([combination.outline], withFrame: true)
    var identity = Identity(
      owner: combination.obsid, ownerRoot: combination.root, kind: ProductKind(suffix: "i2d", isCombined: true),
      mode: combination.mode, optics: combination.optics, isCombined: true)
    for suffix in combination.mode.combinedSuffixes {
      let name = "\(combination.root)_\(suffix)"
      let plain = String(suffix.prefix { $0 != "." })
      identity.kind = ProductKind(suffix: plain, isCombined: true)
      let cards = HeaderCards.combination(
        combination, in: programme, file: name, calibration: calibration, processed: plan.processed)
      let (bytes, preview) = try files?.file(suffix, name: name, cards: cards) ?? sketch(name, suffix: plain)
      let file = try add(name, bytes, identity)
      if name.hasSuffix(".fits") {
        addKeywords(
          KeywordService(combination.mode.instrument), cards: cards, file: file, kind: identity.kind,
          fileSet: combination.fileSet, association: association, region: region)
      }
      if let preview {
        try addPictures(
          of: preview, stem: "\(combination.root)_\(plain)", identity,
          tint: combination.mode.isImaging || plain == "s3d" ? tint : .spectrum)
      }
    }
    identity.kind = ProductKind(suffix: "asn", isCombined: true)
    let calibrated = combination.mode.keepsIntegrations ? "calints" : "cal"
    let text = AssociationText.association(
      type: type, rule: AssociationText.rule(type), candidate: candidate, program: programme.number, pool: pool,
      product: combination.root, members: combination.members.map { "\($0.root)_\(calibrated).fits" },
      calibration: calibration)
    _ = try add(association, Array(text.utf8), identity)
    identity.kind = ProductKind(suffix: "pool", isCombined: true)
    try addPool(identity)
    contents.observations.append(Observation(combination: combination, programme: programme, release: release))
  }

  /// Adds the rows of planned observations and lists all products by parent.
  mutating func finish() {
    for (index, planned) in programme.planned.enumerated() {
      contents.observations.append(
        Observation(planned: planned, programme: programme, obsid: plan.firstObsid + 700 + Int64(index)))
    }
    for exposure in plan.exposures { contents.products += ownRows[exposure.obsid] ?? [] }
    for combination in plan.combinations {
      contents.products += ownRows[combination.obsid] ?? []
      for member in combination.members {
        // Guide-star files stay with the exposures.
        for row in ownRows[member.obsid] ?? [] where row.obsID == member.obsid {
          var row = row
          row.parent_obsid = combination.obsid
          contents.products.append(row)
        }
      }
    }
  }
}
