/// An expression whose names are found and whose type is known. Two are equal when they are built alike of the same columns; then they
/// give the same value in every row, unless one is `RAND()`.
indirect enum CheckedExpression: Hashable, Sendable {
  case column(CheckedColumn)
  /// The column that `USING` or `NATURAL` makes of two in a full join: the first that is not NULL.
  case merged([CheckedExpression], ADQLType)
  case number(String, ADQLType)
  case text(String)
  case null
  case negated(CheckedExpression)
  case arithmetic(BinaryOperator, CheckedExpression, CheckedExpression, ADQLType)
  case concatenation(CheckedExpression, CheckedExpression)
  case function(ADQLFunction.Name, [CheckedExpression], ADQLType)
  case converted(CheckedExpression, factor: Double, unit: String)
  case aggregate(Aggregate.Function, isDistinct: Bool, CheckedExpression?, ADQLType)
  case stringAggregate(CheckedExpression, delimiter: CheckedExpression)
  case cast(CheckedExpression, ADQLType, length: Int?)
  /// A choice; with an operand all tests are values that it is compared with, without it conditions.
  case conditional(of: CheckedExpression?, [CheckedBranch], otherwise: CheckedExpression?, ADQLType)
  case subquery(CheckedQuery, ADQLType)
}

/// A column of one of the tables of a query.
struct CheckedColumn: Hashable, Sendable {
  /// The table, as a number that is unique in the whole query.
  var source: Int
  /// Which of the table's columns it is.
  var index: Int
  var type: ADQLType
}

/// A branch of a CASE.
struct CheckedBranch: Hashable, Sendable {
  /// When it is taken.
  enum Test: Hashable, Sendable {
    case condition(CheckedCondition)
    /// The operand equals this.
    case value(CheckedExpression)
  }

  var test: Test
  var result: CheckedExpression
}

extension CheckedBranch.Test {
  /// The expressions inside.
  var parts: [CheckedExpression] {
    switch self {
    case .condition(let condition): condition.parts
    case .value(let value): [value]
    }
  }
}

extension CheckedExpression {
  /// The type of the value.
  var type: ADQLType {
    switch self {
    case .column(let column): column.type
    case .number(_, let type), .merged(_, let type), .arithmetic(_, _, _, let type), .function(_, _, let type),
      .aggregate(_, _, _, let type), .cast(_, let type, _), .conditional(_, _, _, let type), .subquery(_, let type):
      type
    case .text, .concatenation, .stringAggregate: .varchar
    case .null: .unknown
    case .negated(let value): value.type
    case .converted: .double
    }
  }

  var isAggregate: Bool {
    switch self {
    case .aggregate, .stringAggregate: true
    default: false
    }
  }

  /// The expressions inside, those of subqueries left out.
  var parts: [CheckedExpression] {
    switch self {
    case .column, .number, .text, .null, .subquery: []
    case .negated(let value), .converted(let value, _, _), .cast(let value, _, _): [value]
    case .arithmetic(_, let left, let right, _), .concatenation(let left, let right): [left, right]
    case .stringAggregate(let value, let delimiter): [value, delimiter]
    case .merged(let values, _), .function(_, let values, _): values
    case .aggregate(_, _, let value, _): value.map { [$0] } ?? []
    case .conditional(let operand, let branches, let otherwise, _):
      [operand].compactMap(\.self) + branches.flatMap { $0.test.parts + [$0.result] } + [otherwise].compactMap(\.self)
    }
  }

  /// The values of which it is one, for a choice.
  var alternatives: [CheckedExpression] {
    switch self {
    case .merged(let values, _), .function(.coalesce, let values, _): values
    case .conditional(_, let branches, let otherwise, _): branches.map(\.result) + [otherwise].compactMap(\.self)
    default: []
    }
  }

  /// Whether it or a part of it has a property; subqueries are not looked into.
  func contains(where predicate: (CheckedExpression) -> Bool) -> Bool {
    predicate(self) || parts.contains { $0.contains(where: predicate) }
  }

  /// All columns that it uses; subqueries are not looked into.
  var columns: [CheckedColumn] {
    if case .column(let column) = self { return [column] }
    return parts.flatMap(\.columns)
  }

  /// The number that it is in every row, when it is made of number literals alone.
  var constantNumber: Double? {
    switch self {
    case .number(let text, _): return Double(literal: text)
    case .negated(let value): return value.constantNumber.map { -$0 }
    case .arithmetic(let `operator`, let left, let right, let type):
      guard let a = left.constantNumber, let b = right.constantNumber else { return nil }
      return `operator`.applied(to: a, b, isInteger: type.isInteger)
    default: return nil
    }
  }
}

extension CheckedExpression {
  /// The same value with an aggregate around it: databases tell by one in the SELECT list that all rows are one group.
  var ofOneGroup: CheckedExpression {
    let count = CheckedExpression.aggregate(.count, isDistinct: false, nil, .bigint)
    let always = CheckedCondition.comparison(.greaterOrEqual, count, .number("0", .integer))
    return .conditional(
      of: nil, [CheckedBranch(test: .condition(always), result: self)], otherwise: nil, type)
  }
}

extension BinaryOperator {
  /// The result of arithmetic; nil for a division by zero and for `||`.
  func applied(to a: Double, _ b: Double, isInteger: Bool) -> Double? {
    switch self {
    case .add: a + b
    case .subtract: a - b
    case .multiply: a * b
    case .divide: b == 0 ? nil : isInteger ? (a / b).rounded(.towardZero) : a / b
    case .concatenate: nil
    }
  }
}

extension Double {
  /// A number as ADQL writes it: `12.` and `.5` are some.
  init?(literal text: String) {
    let trimmed = text.hasSuffix(".") ? String(text.dropLast()) : text
    guard let value = Double(trimmed), value.isFinite else { return nil }
    self = value
  }
}
