import Holdings
import MASTArchive
import Reports
import SkyGeometry

extension ProgrammeRecord {
  /// What a plan knows of the programmes it selects files of, by programme number. Files that cannot be fetched because of
  /// their name are left out.
  static func records(of plan: DownloadPlan, root: String) -> [ProgrammeRecord] {
    let observations = Dictionary(
      plan.selection.observations.compactMap { row in row.observation.obsid.map { ($0, row) } },
      uniquingKeysWith: { first, _ in first })
    var files: [Int: [PageFile]] = [:]
    var titles: [Int: Observation] = [:]
    for (index, entry) in plan.selection.products.enumerated() where plan.refusals[index] == nil {
      guard let program = entry.program, (0...99_999).contains(program) else { continue }
      let owner = entry.product.obsID.flatMap { observations[$0] }
      let parent = entry.product.parent_obsid.flatMap { observations[$0] }
      if let row = owner ?? parent, titles[program] == nil { titles[program] = row.observation }
      files[program, default: []].append(
        PageFile(
          entry, owner: owner, parent: parent,
          path: PageFile.path(of: plan.destinations[index], from: root + "/" + program.padded(to: 5))))
    }
    return files.sorted { $0.key < $1.key }.map { program, files in
      ProgrammeRecord(
        program: program.padded(to: 5), title: titles[program]?.obs_title, investigator: titles[program]?.proposal_pi,
        files: files)
    }
  }
}

extension PageFile {
  /// A product as a page shows it.
  /// - Parameters:
  ///   - entry: the product.
  ///   - owner: the observation it belongs to, where it was found too.
  ///   - parent: the observation under which it was found.
  ///   - path: where it is, from the folder of the page.
  init(_ entry: ProductEntry, owner: ObservationEntry?, parent: ObservationEntry?, path: String) {
    let product = entry.product
    let name = product.productFilename ?? ""
    self.init(name: name, path: path, observation: product.obs_id ?? name)
    let jwst = JWSTName(name)
    size = product.size
    fileType = entry.fileType
    level = product.calib_level.flatMap { Int(exactly: $0) }
    observationKey = product.obsID
    parentKey = product.parent_obsid
    // A combination has no number in the tables, but its name says whose it is.
    obsnum = entry.obsnum ?? jwst?.observation
    visit = entry.visit
    detector = entry.sca
    dataType = product.dataproduct_type
    summary = product.description
    filters = product.filters ?? owner?.observation.filters
    rights = product.dataRights
    let around = (owner ?? parent)?.observation
    instrument = around?.instrument_name
    target = around?.target_name
    // What was found under another observation has neither its date nor its place.
    if let own = owner ?? (parent?.observation.obs_id == product.obs_id ? parent : nil) {
      start = own.dateMin
      exposureTime = own.observation.t_exptime.flatMap { $0.isFinite ? $0 : nil }
      region = own.observation.s_region
    }
  }

  /// What the name of a file says that no selection named; `nil` for files that are no product of the programme.
  init?(found path: String, program: String) {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    guard let jwst = JWSTName(name), jwst.program == Int(program), !jwst.fileExtension.isEmpty,
      ["fits", "jpg", "png", "json", "ecsv", "txt"].contains(jwst.fileExtension)
    else { return nil }
    var product = Product()
    product.productFilename = name
    product.obs_id = jwst.root
    product.proposal_id = program
    self.init(ProductEntry(product), owner: nil, parent: nil, path: path)
    filters = jwst.opticalElements
    instrument = jwst.instrument?.rawValue.uppercased()
  }

  /// A path as seen from a folder that it is below or beside.
  static func path(of path: String, from folder: String) -> String {
    if path.hasPrefix(folder + "/") { return String(path.dropFirst(folder.count + 1)) }
    let root = folder.prefix(upTo: folder.lastIndex(of: "/") ?? folder.startIndex)
    return path.hasPrefix(root + "/") ? "../" + path.dropFirst(root.count + 1) : path
  }
}
