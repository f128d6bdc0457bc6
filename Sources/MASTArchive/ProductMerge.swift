import Holdings

/// One list of products out of CAOM's rows and the keyword services' records.
///
/// 1. Products stand in the order of the observations; those of one observation in CAOM's order, then those that only a keyword
///    service lists, in the order in which the pipeline makes them.
/// 2. A file stands once: under the observation that owns it, else under the first that lists it.
/// 3. Size and pipeline version come from the keyword service, which is nearer to the file, where it gives them.
/// 4. A file that only a keyword service lists belongs to the observation whose name its own name begins with. Its row is made from
///    that observation's row and from its suffix, as CAOM's own rows are. Where there is no such observation, the file was not asked for.
enum ProductMerge {
  static func products(
    of observations: [Observation], catalogue: [Product], records: [FileRecord]
  ) -> [Product] {
    var rows: [Int64: [Product]] = [:]
    var strays: [Product] = []
    var owned: Set<String> = []
    for product in catalogue {
      guard let parent = product.parent_obsid else {
        strays.append(product)
        continue
      }
      rows[parent, default: []].append(product)
      if product.obsID == parent, let name = product.productFilename { owned.insert(name) }
    }
    let byName = Dictionary(records.map { ($0.filename, $0) }) { $1 }
    let byRoot = Dictionary(grouping: files(in: records), by: \.name.root)

    var seen: Set<String> = []
    var products: [Product] = []
    func add(_ product: Product) {
      guard let name = product.productFilename else { return products.append(product) }
      if owned.contains(name), product.obsID != product.parent_obsid { return }
      guard seen.insert(name).inserted else { return }
      var product = product
      if let record = byName[name] {
        product.size = record.size ?? product.size
        product.prvversion = record.pipelineVersion ?? product.prvversion
      }
      products.append(product)
    }
    for observation in observations {
      guard let obsid = observation.obsid else { continue }
      rows.removeValue(forKey: obsid)?.forEach(add)
      let files = byRoot[observation.obs_id ?? ""]?.sorted(by: <) ?? []
      // Raw data name no version of the pipeline; CAOM gives them that of their observation.
      let version = files.lazy.compactMap(\.record.pipelineVersion).last
      for file in files where !owned.contains(file.record.filename) {
        var product = Product(file, of: observation)
        product.prvversion = version
        add(product)
      }
    }
    for product in rows.sorted(by: { $0.key < $1.key }).flatMap(\.value) + strays { add(product) }
    return products
  }

  /// The observations of which no record tells a file.
  static func unknown(_ observations: [Observation], to records: [FileRecord]) -> [Observation] {
    let roots = Set(files(in: records).map(\.name.root))
    return observations.filter { !roots.contains($0.obs_id ?? "") }
  }

  /// The records of files that belong to one observation by their names.
  private static func files(in records: [FileRecord]) -> [File] {
    records.compactMap { record in
      guard let name = JWSTName(record.filename), name.kind == .exposure || name.kind == .level3 else { return nil }
      return File(record: record, name: name)
    }
  }

  /// A record with what its name says.
  struct File: Comparable {
    var record: FileRecord
    var name: JWSTName

    var suffix: ProductSuffix? { name.suffix.map(ProductSuffix.init(rawValue:)) }
    var calibrationLevel: Int64? { ProductSuffix.calibrationLevel(ofProductLevel: record.productLevel) }

    static func < (a: Self, b: Self) -> Bool {
      let (left, right) = (a.suffix?.pipelineRank ?? .max, b.suffix?.pipelineRank ?? .max)
      return left == right ? a.record.filename < b.record.filename : left < right
    }

    static func == (a: Self, b: Self) -> Bool { a.record == b.record }
  }
}

extension Product {
  /// The row that CAOM has for a file of an observation.
  fileprivate init(_ file: ProductMerge.File, of observation: Observation) {
    self.init()
    let isCombination = file.name.kind == .level3
    let level = file.calibrationLevel ?? observation.calib_level
    obsID = observation.obsid
    parent_obsid = observation.obsid
    obs_collection = "JWST"
    // Raw data count as images whatever becomes of them.
    dataproduct_type = level == 1 ? "image" : observation.dataproduct_type
    obs_id = observation.obs_id
    description = file.suffix?.description
    type = isCombination ? "D" : "S"
    dataURI = file.record.dataURI
    productType = file.suffix?.productType ?? "SCIENCE"
    productGroupDescription = isCombination ? "Minimum Recommended Products" : nil
    productSubGroupDescription = file.suffix?.rawValue.uppercased()
    project = "CALJWST"
    proposal_id = observation.proposal_id
    productFilename = file.record.filename
    size = file.record.size
    dataRights = observation.dataRights
    calib_level = level
    filters = observation.filters
  }
}
