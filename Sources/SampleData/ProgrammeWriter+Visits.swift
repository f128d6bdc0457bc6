import Pictures
import Holdings

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
