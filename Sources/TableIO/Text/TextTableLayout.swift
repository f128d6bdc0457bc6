/// Which columns of a table a terminal has room for, and how wide each is.
struct TextTableLayout: Sendable, Hashable {
  /// Blanks between columns.
  static let gap = 2

  /// A column that is shown.
  struct Place: Sendable, Hashable {
    /// Its number in the table.
    let column: Int
    /// Its width.
    let width: Int
  }

  /// The columns that are shown, in the table's order.
  let places: [Place]
  /// The numbers of those that are not.
  let elided: [Int]

  /// Takes columns from the left as long as there is room; the first one always, cut if it must be.
  /// - Parameters:
  ///   - widths: what each column would need.
  ///   - limit: the most that one column gets.
  ///   - room: what all have together; `nil` for no end.
  init(widths: [Int], limit: Int, room: Int?) {
    var places: [Place] = []
    var elided: [Int] = []
    var used = 0
    for (column, wanted) in widths.enumerated() {
      var width = min(wanted, limit)
      if let room, column == 0 { width = min(width, max(1, room)) }
      let needed = width + (places.isEmpty ? 0 : Self.gap)
      if let room, !elided.isEmpty || used + needed > room, column > 0 {
        elided.append(column)
      } else {
        used += needed
        places.append(Place(column: column, width: width))
      }
    }
    self.places = places
    self.elided = elided
  }
}
