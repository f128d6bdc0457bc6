/// Counts the steps of a function, inside of which SQLite does not look at the clock, and looks from time to time.
struct Patience {
  private static let stepsPerLook = 10_000

  private let watch: QueryWatch
  private var steps = 0

  init(_ watch: QueryWatch) { self.watch = watch }

  /// Takes one step.
  /// - Returns: whether the function may go on.
  @inline(__always)
  mutating func step() -> Bool {
    steps += 1
    return steps < Self.stepsPerLook || look()
  }

  private mutating func look() -> Bool {
    steps = 0
    return !watch.mustStop()
  }
}
