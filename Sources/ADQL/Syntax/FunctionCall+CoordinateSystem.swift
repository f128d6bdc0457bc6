extension FunctionCall {
  /// The arguments of `POINT`, `CIRCLE`, `BOX` or `POLYGON` without the coordinate system that ADQL 2.0 wants first: a string
  /// or `NULL`. Other functions' arguments are given as they are.
  public var argumentsWithoutCoordinateSystem: ArraySlice<Expression> {
    coordinateSystem == nil ? arguments[...] : arguments.dropFirst()
  }

  /// The coordinate system given first to `POINT`, `CIRCLE`, `BOX` or `POLYGON`: a string literal, or a `NULL` that is one argument more
  /// than the function takes.
  public var coordinateSystem: Expression? {
    guard let first = arguments.first, !name.isDelimited else { return nil }
    let function = name.name.uppercased()
    guard ["POINT", "CIRCLE", "BOX", "POLYGON"].contains(function) else { return nil }
    switch first.kind {
    case .string: return first
    case .null: return isComplete(function, arguments) ? nil : first
    default: return nil
    }
  }

  /// Whether arguments that begin with `NULL` are all that the function takes: its first number is unknown.
  private func isComplete(_ function: String, _ arguments: [Expression]) -> Bool {
    switch function {
    case "POINT": arguments.count == 2
    case "CIRCLE": arguments.count == 3 && !arguments[1].canBePosition
    case "BOX": arguments.count == 4 && !arguments[1].canBePosition
    default:
      arguments.count >= 6 && arguments.count.isMultiple(of: 2) && !arguments.dropFirst().allSatisfy(\.canBePosition)
    }
  }
}

extension Expression {
  /// Whether the value may be a position rather than a number: a column, a function, a cast.
  var canBePosition: Bool {
    switch kind {
    case .column, .function, .cast, .conditional, .subquery, .aggregate: true
    default: false
    }
  }
}
