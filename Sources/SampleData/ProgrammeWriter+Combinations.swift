import Pictures
import Holdings

extension ProgrammeWriter {
  /// Writes the files of a combined product.
  mutating func write(_ combination: Combination, scene: SkyScene) throws {
    let files = isSketch ? nil : CombinationFiles(combination: combination, scene: scene, seed: seed)
    let candidate = "o\(combination.observation.padded(to: 3))"
    let type = combination.mode.associationTypes.stage3
    let association =
      "jw\(programme.number.padded(to: 5))-\(candidate)_\(AssociationText.stamp(plan.processed))_\(type)_"
      + "\(combination.ordinal.padded(to: 5))_asn.json"
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
