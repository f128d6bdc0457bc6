extension Reading {
  /// `SELECT … FROM …` to the end of `HAVING`.
  mutating func select() throws(ADQLError) -> Select {
    let start = token
    if token.kind != .keyword { note("(") }
    try expect(.select)
    var quantifier: SetQuantifier?
    if take(.distinct) { quantifier = .distinct } else if take(.all) { quantifier = .all }
    let top = take(.top) ? try unsignedInteger() : nil
    var tallest = 0
    var items: [SelectItem] = []
    repeat {
      items.append(try selectItem())
      tallest = max(tallest, height)
    } while take(.comma)
    try expect(.from)
    var from: [TableReference] = []
    repeat {
      from.append(try tableReference())
      tallest = max(tallest, height)
    } while take(.comma)
    var select = Select(quantifier: quantifier, top: top, items: items, from: from, span: start.span)
    if take(.where) {
      select.where = try condition()
      tallest = max(tallest, height)
    }
    if take(.group) {
      try expect(.by)
      repeat {
        select.groupBy.append(try expression())
        tallest = max(tallest, height)
      } while take(.comma)
    }
    if take(.having) {
      select.having = try condition()
      tallest = max(tallest, height)
    }
    try grow(over: tallest)
    select.span = span(from: start)
    return select
  }

  private mutating func selectItem() throws(ADQLError) -> SelectItem {
    height = 1
    if take(.asterisk) { return .all }
    if let table = qualifiedAsterisk() { return .allOf(table) }
    let value = try expression()
    if let comparison = comparisonOperator {
      throw refusal(
        "A comparison has no value in ADQL: write CASE WHEN … \(comparison.rawValue) … THEN 1 ELSE 0 END.")
    }
    return .expression(value, alias: try alias())
  }
}
