/// How a database wants its SQL. ``SQLRenderer`` writes what all databases agree on and asks the dialect for the rest.
///
/// What comes in has been checked: types fit, names exist. Every text that goes out must be whole beside any operator: in parentheses
/// where it needs them. The meanings to keep are PostgreSQL's: whole numbers divide to whole numbers towards zero, NULL sorts as
/// the greatest value, LIKE minds case, `||` and every function give NULL for NULL unless said otherwise.
public protocol SQLDialect: Sendable {
  /// A name as the database writes it; by default between double quotes.
  func identifier(_ name: String) -> String

  /// A table or view where FROM names it, without alias; by default the quoted ``Schema/Table/sqlName``.
  func table(_ table: Schema.Table) -> String

  /// A text literal; by default between single quotes.
  func text(_ value: String) -> String

  /// A number literal, as the query has it: digits, point, exponent, no sign. By default as it is.
  func number(_ digits: String, type: ADQLType) -> String

  /// A sum, difference, product or quotient. `BinaryOperator.concatenate` does not come here.
  func arithmetic(_ operator: BinaryOperator, _ left: SQLFragment, _ right: SQLFragment, type: ADQLType) -> String

  /// Two texts put together, NULL when one is; by default with `||`.
  func concatenation(_ left: SQLFragment, _ right: SQLFragment) -> String

  /// A comparison; by default with the operator's own sign.
  func comparison(_ operator: ComparisonOperator, _ left: SQLFragment, _ right: SQLFragment) -> String

  /// Whether a text is like a pattern with `%` and `_`.
  func like(_ value: SQLFragment, pattern: SQLFragment, ignoresCase: Bool) -> String

  /// A value of another type. Timestamps come from DALI text, geometries from DALI text.
  ///
  /// - Parameters:
  ///   - value: a value of any type, or the constant NULL.
  ///   - type: the type to make of it.
  ///   - length: the length in characters of `CHAR(n)` and `VARCHAR(n)`; nil where none is given.
  func cast(_ value: SQLFragment, to type: ADQLType, length: Int?) throws(ADQLError) -> String

  /// A value in another unit; by default multiplied by the factor.
  func converted(_ value: SQLFragment, by factor: Double) -> String

  /// A call of a function. `in_unit` and `ivo_string_agg` do not come here.
  ///
  /// Arguments of geometry come without coordinate system, and taken apart where possible: `POINT(lon, lat)`; `CIRCLE(lon, lat,
  /// radius)`, or `CIRCLE(point, radius)` where the point is a column; `BOX(lon, lat, width, height)` or with a point; `POLYGON(lon, lat, …)`
  /// or of points; `REGION(text)`; `DISTANCE(lon, lat, lon, lat)` or of two points; `ivo_healpix_index(order, lon, lat)` or
  /// with a point. `CONTAINS` and `INTERSECTS` give 1, 0 or NULL.
  ///
  /// - Parameters:
  ///   - name: the function.
  ///   - arguments: its arguments.
  ///   - type: the type of the result.
  func function(_ name: ADQLFunction.Name, _ arguments: [SQLFragment], type: ADQLType) throws(ADQLError) -> String

  /// The condition that a geometric test gives 1, or that it gives 0; by default the function compared with the number.
  ///
  /// - Parameters:
  ///   - name: `contains` or `intersects`.
  ///   - left: the first argument; of `CONTAINS` the one inside.
  ///   - right: the second argument.
  ///   - holds: whether the test shall give 1.
  func geometryTest(_ name: ADQLFunction.Name, _ left: SQLFragment, _ right: SQLFragment, holds: Bool)
    throws(ADQLError) -> String

  /// An aggregate function; by default as standard SQL has it.
  ///
  /// - Parameters:
  ///   - function: the function.
  ///   - isDistinct: whether equal values count once.
  ///   - argument: the value in each row; nil for `COUNT(*)`.
  ///   - type: the type of the result.
  func aggregate(_ function: Aggregate.Function, isDistinct: Bool, _ argument: SQLFragment?, type: ADQLType) -> String

  /// The texts of a group in one, with a delimiter between them: `ivo_string_agg`.
  func stringAggregate(_ value: SQLFragment, delimiter: SQLFragment) -> String

  /// A term of ORDER BY; NULL comes last when ascending, first when descending. By default with `NULLS LAST` and `NULLS FIRST`.
  ///
  /// - Parameters:
  ///   - key: a value, or the number of a column of the result.
  ///   - isDescending: whether the greatest comes first.
  func orderTerm(_ key: String, isDescending: Bool) -> String

  /// The clause after ORDER BY that keeps some rows only; by default `LIMIT n OFFSET m`.
  ///
  /// - Parameters:
  ///   - count: the greatest number of rows; nil for all.
  ///   - offset: the number of rows to leave out at the beginning.
  func limit(_ count: Int?, offset: Int) -> String

  /// An aggregate that gives the value of the only row, NULL for none, and fails at a second row. By default `nil`: the database itself
  /// refuses a subquery that stands for a value and gives several rows.
  func single(_ value: String) -> String?

  /// Whether a region that the query gives is one: coordinates that exist, a text that can be read. By default it is.
  func isReadable(_ region: ConstantRegion) -> Bool

  /// Whether the database has `INTERSECT ALL` and `EXCEPT ALL`; by default not, and rows are numbered instead.
  var hasIntersectAll: Bool { get }

  /// A condition that holds for every row that may lie in or touch a region, by way of an index: quickly found, not exact.
  /// The exact test follows it. By default there is none.
  ///
  /// - Parameters:
  ///   - index: an index of the table.
  ///   - alias: the table's name in the statement, as SQL writes it; `alias.key` is the column that the index is asked by.
  ///   - region: where to look.
  func candidates(index: SpatialIndex, alias: String, region: ConstantRegion) -> SQLFragment?

  /// The same for a circle whose centre another table gives, as in a cross-match. By default there is none.
  ///
  /// - Parameters:
  ///   - index: an index of the table.
  ///   - alias: the table's name in the statement, as SQL writes it.
  ///   - longitude: of the centre, degrees; NULL where there is none.
  ///   - latitude: of the centre, degrees.
  ///   - radius: of the circle, degrees; 0 for the position alone.
  func candidates(
    index: SpatialIndex, alias: String, longitude: SQLFragment, latitude: SQLFragment, radius: Double
  ) -> SQLFragment?
}
