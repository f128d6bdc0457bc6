import Pictures
import Holdings
import SkyGeometry

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
      let fate = revision.fate(of: name, suffix: suffix)
      let isReprocessed = name == Self.reprocessedFile
      let version = isReprocessed ? Calibration.current : calibration
      let cards = HeaderCards.exposure(
        exposure, in: programme, file: name, calibration: version, processed: plan.processed)
      if fate == .withdrawn {
        archiveFileID += 3
        continue
      }
      if isReprocessed, let files { try addPreviousVersion(of: name, suffix, files, exposure) }
      if fate != .unchanged {
        if let files { addVersion(name, try files.file(suffix, name: name, cards: cards).bytes, version) }
        archiveFileID += 3
        try writeRevised(suffix, name, files, exposure, identity, association, region, isLonger: fate == .extended)
        continue
      }
      let (bytes, preview) = try files?.file(suffix, name: name, cards: cards) ?? sketch(name, suffix: suffix)
      let file = try add(name, bytes, identity)
      addKeywords(
        KeywordService(exposure.mode.instrument), cards: cards, file: file, kind: identity.kind,
        fileSet: exposure.fileSet, association: association, region: region, isStale: name == Self.staleFile)
      if isReprocessed { setVersion(version, of: name, owner: exposure.obsid) }
      if let preview, suffix != "rateints" {
        try addPictures(of: preview, stem: "\(exposure.root)_\(suffix)", identity, tint: isSpectral ? .spectrum : tint)
      }
    }
    if let suffix = revision.newSuffix(of: exposure.root, mode: exposure.mode) {
      let identity = identity(exposure, ProductKind(suffix: suffix, isCombined: false))
      try writeRevised(
        suffix, "\(exposure.root)_o\(exposure.observation.padded(to: 3))_\(suffix).fits", files, exposure, identity,
        association, region, isLonger: false)
    }
    var info = identity(exposure, ProductKind(suffix: "asn", isCombined: false))
    let type = exposure.mode.associationTypes.stage2
    let text = AssociationText.association(
      type: type, rule: AssociationText.rule(type), candidate: "o\(exposure.observation.padded(to: 3))",
      program: programme.number, pool: pool, product: exposure.root, members: ["\(exposure.root)_rate.fits"],
      calibration: calibration)
    _ = try add(association, Array(text.utf8), info)
    info.kind = ProductKind(suffix: "pool", isCombined: false)
    try addPool(info)
    contents.observations.append(Observation(exposure: exposure, programme: programme, release: release))
  }

  func identity(_ exposure: Exposure, _ kind: ProductKind) -> Identity {
    Identity(
      owner: exposure.obsid, ownerRoot: exposure.root, kind: kind, mode: exposure.mode, optics: exposure.optics)
  }

  private func associationNames(_ exposure: Exposure) -> (name: String, type: String) {
    let type = exposure.mode.associationTypes.stage2
    let stamp = AssociationText.stamp(plan.processed)
    let candidate = "jw\(programme.number.padded(to: 5))-o\(exposure.observation.padded(to: 3))"
    return ("\(candidate)_\(stamp)_\(type)_\(exposure.ordinal.padded(to: 5))_asn.json", type)
  }

  /// The pool is one file for the whole programme, listed under each of its observations.
  mutating func addPool(_ identity: Identity) throws {
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

  /// Writes a file that the archive has got, or got again, since its first revision.
  private mutating func writeRevised(
    _ suffix: String, _ name: String, _ files: ExposureFiles?, _ exposure: Exposure, _ identity: Identity,
    _ association: String, _ region: String?, isLonger: Bool
  ) throws {
    var cards = HeaderCards.exposure(
      exposure, in: programme, file: name, calibration: .next, processed: plan.processed + SampleRevision.delay)
    if isLonger { cards += SampleRevision.history }
    // Outliers are flagged in calibrated data, which stay what they are.
    let contents = suffix == "crf" ? "cal" : suffix == "crfints" ? "calints" : suffix
    let (bytes, preview) =
      try files?.file(contents, name: name, cards: cards) ?? sketch(name, suffix: suffix)
    let file = try add(name, bytes, identity)
    addKeywords(
      KeywordService(exposure.mode.instrument), cards: cards, file: file, kind: identity.kind,
      fileSet: exposure.fileSet, association: association, region: region, isRevised: true)
    setVersion(.next, of: name, owner: exposure.obsid)
    if let preview, suffix != "rateints" {
      try addPictures(
        of: preview, stem: String(name.dropLast(5)), identity, tint: exposure.mode.isImaging ? tint : .spectrum)
    }
  }

  /// Remembers what a file was before it was made again.
  private mutating func addVersion(_ name: String, _ bytes: [UInt8], _ version: Calibration) {
    contents.previousVersions.append(
      FileVersion(
        filename: name, archiveFileID: archiveFileID + 3, checksum: md5(bytes), size: Int64(bytes.count),
        cal_ver: version.version, crds_ctx: version.context,
        ingestCompletionDate_mjd: ModifiedJulianDate(unixMilliseconds: plan.processed + 95_000).rawValue))
  }

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
