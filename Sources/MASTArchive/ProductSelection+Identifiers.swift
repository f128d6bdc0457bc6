import Holdings

/// Selection by the numbers of product groups. Source: `jwst-mast-query` 13.6 and 13.7.
extension ProductSelection {
  /// Keeps the products that are inside some limits with their own number or their parent's.
  ///
  /// When products come in on both counts the archive's order takes the place of the sorted one, as in `jwst_mast_query`.
  mutating func select(obsidLimits limits: ClosedRange<Int64>?) {
    guard let limits else { return }
    let isInside = { (number: Int64?) in number.map(limits.contains) ?? false }
    let before = products
    products = before.filter { isInside($0.product.obsID) || isInside($0.product.parent_obsid) }
    if products.contains(where: { isInside($0.product.obsID) }),
      products.contains(where: { isInside($0.product.parent_obsid) })
    {
      let kept = Set(products)
      products = all.filter(kept.contains)
    }
    let words = [
      limits.lowerBound == .min ? nil : limits.lowerBound, limits.upperBound == .max ? nil : limits.upperBound,
    ]
    let text = words.map { $0.map(String.init) ?? "any" }.joined(separator: " to ")
    steps.append(Step(condition: "--obsid_select \(text)", before: before.count, after: products.count))
  }

  /// Keeps the products with one of the numbers: for each number those that have it themselves, then those whose parent has it.
  mutating func select(obsids: [Int64]) {
    guard !obsids.isEmpty else { return }
    let lookups = obsids.flatMap {
      [(number: $0, column: \Product.obsID), (number: $0, column: \Product.parent_obsid)]
    }
    select("--obsid_list", lookups) { $0.product[keyPath: $1.column] == $1.number }
    steps[steps.count - 1].condition = (["--obsid_list"] + obsids.map(String.init)).joined(separator: " ")
  }
}
