extension ADQLFunction {
  /// All functions of ADQL 2.1 and the user-defined ones, in the order of the standard.
  public static let all: [ADQLFunction] = mathematical + trigonometric + general + geometry + userDefined

  /// The user-defined functions, as a service declares them.
  public static var declaredUserDefined: [ADQLFunction] { userDefined }

  /// The function with a name, without regard to case.
  ///
  /// - Parameter name: the name as a query has it.
  public static func named(_ name: String) -> ADQLFunction? { byName[name.asciiLowercased] }

  private static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name.rawValue, $0) })
}

extension ADQLFunction.Parameter {
  static func number(_ name: String) -> Self { .init(name: name, requirement: .number, isOptional: false) }
  static func integer(_ name: String) -> Self { .init(name: name, requirement: .integer, isOptional: false) }
  static func text(_ name: String) -> Self { .init(name: name, requirement: .text, isOptional: false) }
  static func timestamp(_ name: String) -> Self { .init(name: name, requirement: .timestamp, isOptional: false) }
  static func point(_ name: String) -> Self { .init(name: name, requirement: .point, isOptional: false) }
  static func geometry(_ name: String) -> Self { .init(name: name, requirement: .geometry, isOptional: false) }
  static func any(_ name: String) -> Self { .init(name: name, requirement: .any, isOptional: false) }

  /// The same, but it may be left out.
  var optional: Self { .init(name: name, requirement: requirement, isOptional: true) }
}

extension ADQLFunction.Signature {
  /// A way to call a function.
  init(_ parameters: [ADQLFunction.Parameter], isVariadic: Bool = false, _ result: ADQLFunction.Result) {
    self.init(parameters: parameters, isVariadic: isVariadic, result: result)
  }
}

extension ADQLFunction {
  /// A function with one way to call it.
  init(
    _ name: Name, _ group: Group, _ parameters: [Parameter], isVariadic: Bool = false, _ result: Result,
    _ description: String
  ) {
    self.init(
      name: name, group: group, signatures: [Signature(parameters, isVariadic: isVariadic, result)],
      description: description)
  }
}
