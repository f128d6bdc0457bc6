/// Reads ADQL 2.1, and so 2.0: text in, syntax tree out. Names are not looked up; that is the checker's work.
///
/// More lenient than the grammar where users and ESA's service are: reserved words that the grammar does not use, such as
/// `public` or `date`, can be names; `CASE` and scalar subqueries are read; a semicolon may end the query.
/// Stricter in one thing: `JOIN` wants `ON`, `USING` or `NATURAL`, for without them it is a cross product that hardly anyone means.
public struct Parser: Sendable {
  /// How large a query may be. The bounds keep any text from exhausting the stack, here and in what walks the tree.
  public struct Limits: Sendable, Hashable {
    /// Bytes of the text in UTF-8.
    public var length: Int
    /// How deep parentheses, signs, `NOT`, functions and subqueries may lie in each other.
    public var nesting: Int
    /// How many levels the tree may have; a chain of `+` or of `UNION` or of `JOIN` has one for each link, `AND` and `OR` have not.
    public var height: Int

    /// Bounds; the defaults are far beyond what people and programs write.
    public init(length: Int = 1 << 20, nesting: Int = 64, height: Int = 256) {
      self.length = min(length, Int(Int32.max) - 1)
      self.nesting = nesting
      self.height = height
    }
  }

  /// How large a query may be.
  public var limits: Limits
  /// The user-defined functions that may be called, `nil` when any may.
  public var userFunctions: Set<String>? {
    didSet { foldedFunctions = userFunctions.map { Set($0.map { $0.lowercased() }) } }
  }
  private var foldedFunctions: Set<String>?

  /// A parser.
  ///
  /// - Parameters:
  ///   - limits: how large a query may be.
  ///   - userFunctions: the names of the user-defined functions that may be called, in any case of letters; `nil` lets
  ///     any pass, for a checker that knows better.
  public init(limits: Limits = Limits(), userFunctions: Set<String>? = nil) {
    self.limits = limits
    self.userFunctions = userFunctions
    foldedFunctions = userFunctions.map { Set($0.map { $0.lowercased() }) }
  }

  /// Reads a query.
  ///
  /// - Parameter text: one query, with comments or without.
  /// - Throws: what is wrong with it, with line and column.
  public func parse(_ text: String) throws(ADQLError) -> Query {
    guard text.utf8.count <= limits.length else {
      throw ADQLError(
        .tooComplex, "The query has \(text.utf8.count) bytes; at most \(limits.length) are read.", at: SourceSpan(0, 0)
      ).located(in: text)
    }
    let bytes = Array(text.utf8)
    var reading = Reading(bytes, lexer: Lexer(bytes), limits: limits, userFunctions: foldedFunctions)
    do throws(ADQLError) {
      return try reading.statement()
    } catch {
      // The reading for the error takes notes of what would have fitted, which costs time that good queries need not spend.
      reading.restartTakingNotes()
      do throws(ADQLError) {
        return try reading.statement()
      } catch {
        throw error.located(in: text)
      }
    }
  }
}
