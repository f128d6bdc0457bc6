extension FunctionCall {
  /// The arguments of `POINT`, `CIRCLE`, `BOX` or `POLYGON` without the coordinate system that ADQL 2.0 wants first: a string
  /// or `NULL`. Other functions' arguments are given as they are.
  public var argumentsWithoutCoordinateSystem: ArraySlice<Expression> {
    coordinateSystem == nil ? arguments[...] : arguments.dropFirst()
  }

  /// The coordinate system given first to `POINT`, `CIRCLE`, `BOX` or `POLYGON`: a string literal or `NULL`.
  public var coordinateSystem: Expression? {
    guard let first = arguments.first, !name.isDelimited else { return nil }
    switch first.kind {
    case .string, .null:
      return ["POINT", "CIRCLE", "BOX", "POLYGON"].contains(name.name.uppercased()) ? first : nil
    default: return nil
    }
  }
}
