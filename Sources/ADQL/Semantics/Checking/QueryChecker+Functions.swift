extension QueryChecker {
  mutating func function(_ call: FunctionCall, at span: SourceSpan) throws(ADQLError) -> CheckedExpression {
    guard let function = ADQLFunction.named(call.name.name) else {
      throw ADQLError(
        .unknownFunction, "There is no function \(call.name.name).", at: call.name.span,
        suggestion: Spelling.nearest(to: call.name.name, among: ADQLFunction.all.map(\.writtenName)))
    }
    switch function.name {
    case .coalesce: return try coalesce(call, at: span)
    case .inUnit: return try inUnit(call, at: span)
    case .ivoStringAgg: return try stringAggregate(call, function, at: span)
    default: break
    }
    try checkCoordinateSystem(call.coordinateSystem)
    let written = Array(call.argumentsWithoutCoordinateSystem)
    let values = try written.map { (argument) throws(ADQLError) in try expression(argument) }
    let (arguments, result) = try match(values, written, function, at: span)
    return normalized(function.name, arguments, result)
  }

  private mutating func coalesce(_ call: FunctionCall, at span: SourceSpan) throws(ADQLError) -> CheckedExpression {
    let values = try call.arguments.map { (argument) throws(ADQLError) in (try expression(argument), argument.span) }
    guard !values.isEmpty else {
      throw ADQLError(.type, "COALESCE takes at least one value.", at: span)
    }
    let (adapted, type) = try unified(values, "The values of COALESCE")
    return adapted.count == 1 ? adapted[0] : .function(.coalesce, adapted, type)
  }

  private mutating func stringAggregate(
    _ call: FunctionCall, _ function: ADQLFunction, at span: SourceSpan
  ) throws(ADQLError) -> CheckedExpression {
    let name = function.writtenName
    guard call.arguments.count == 2 else { throw wrongCount(function, call.arguments.count, at: span) }
    let value = try inAggregate(name, call.arguments[0], at: span)
    let delimiter = try insideAggregate(call.arguments[1])
    let (arguments, _) = try match([value, delimiter], call.arguments, function, at: span)
    return .stringAggregate(arguments[0], delimiter: arguments[1])
  }

  private mutating func inUnit(_ call: FunctionCall, at span: SourceSpan) throws(ADQLError) -> CheckedExpression {
    guard call.arguments.count == 2, case .string(let target) = call.arguments[1].kind else {
      throw ADQLError(.type, "IN_UNIT takes a value and a unit between quotes: IN_UNIT(em_min, 'um').", at: span)
    }
    let value = try expression(call.arguments[0])
    guard value.type.isNumeric || value.type == .unknown else {
      throw ADQLError(.type, "IN_UNIT takes a number, not \(value.type.name).", at: call.arguments[0].span)
    }
    let wanted = try physicalUnit(target, at: call.arguments[1].span)
    guard let written = metadata(of: value).unit, !written.isEmpty else {
      throw ADQLError(
        .unit, "What IN_UNIT shall convert has no unit; write the factor instead.", at: call.arguments[0].span)
    }
    let unit = try physicalUnit(written, at: call.arguments[0].span)
    guard let factor = unit.factor(to: wanted) else {
      throw ADQLError(.unit, "A value in \(written) cannot be converted to \(target).", at: call.arguments[1].span)
    }
    return .converted(value, factor: factor, unit: target)
  }

  private func physicalUnit(_ text: String, at span: SourceSpan) throws(ADQLError) -> PhysicalUnit {
    do throws(UnitParser.Failure) {
      return try UnitParser.parse(text)
    } catch {
      switch error {
      case .unknown(let symbol):
        throw ADQLError(
          .unit, "There is no unit \(symbol).", at: span,
          suggestion: Spelling.nearest(to: symbol, among: UnitTable.symbols))
      case .malformed:
        throw ADQLError(.unit, "'\(text)' is not written as units are; one looks like 'mas.yr-1'.", at: span)
      }
    }
  }

  /// The arguments as the first signature that fits wants them, and the type of the result.
  private func match(
    _ values: [CheckedExpression], _ written: [Expression], _ function: ADQLFunction, at span: SourceSpan
  ) throws(ADQLError) -> ([CheckedExpression], ADQLType) {
    let possible = function.signatures.filter { $0.takes(values.count) }
    guard !possible.isEmpty else { throw wrongCount(function, values.count, at: span) }
    var failure: ADQLError?
    for signature in possible {
      do throws(ADQLError) {
        var arguments: [CheckedExpression] = []
        for (index, value) in values.enumerated() {
          arguments.append(
            try fitted(value, signature.parameter(index), function, at: written[index].span))
        }
        return (arguments, try result(signature, arguments, at: span))
      } catch {
        failure = failure ?? error
      }
    }
    throw failure ?? wrongCount(function, values.count, at: span)
  }

  private func wrongCount(_ function: ADQLFunction, _ count: Int, at span: SourceSpan) -> ADQLError {
    ADQLError(
      .type,
      "\(function.writtenName) does not take \(count) arguments; it is \(function.forms.joined(separator: " or ")).",
      at: span)
  }

  private func result(
    _ signature: ADQLFunction.Signature, _ arguments: [CheckedExpression], at span: SourceSpan
  ) throws(ADQLError) -> ADQLType {
    switch signature.result {
    case .type(let type): return type
    case .first: return arguments[0].type == .unknown ? .double : arguments[0].type
    case .joined: return try unified(arguments.map { ($0, span) }, "The arguments").1
    }
  }

  private func fitted(
    _ value: CheckedExpression, _ parameter: ADQLFunction.Parameter, _ function: ADQLFunction, at span: SourceSpan
  ) throws(ADQLError) -> CheckedExpression {
    let type = value.type
    if type == .unknown { return value }
    switch parameter.requirement {
    case .any: return value
    case .number where type.isNumeric: return value
    case .integer where type.isInteger: return value
    case .text where type.isText: return value
    case .point where type == .point: return value
    case .geometry where type.isGeometry: return value
    case .geometry where value.isTextLiteral: return .function(.region, [value], .region)
    case .timestamp where type == .timestamp: return value
    case .timestamp where type.isText: return try adapted(value, to: .timestamp, at: span)
    case .geometry where type.isText:
      throw ADQLError(
        .type,
        "\(function.writtenName) takes a point or a region, not \(type.name); write CAST(… AS POLYGON) or CIRCLE.",
        at: span)
    case .point where type.isGeometry:
      throw ADQLError(
        .type, "\(function.writtenName) takes a point as \(parameter.name), not \(type.name); CENTROID(…) gives one.",
        at: span)
    default:
      throw ADQLError(
        .type,
        "\(function.writtenName) takes \(parameter.requirement.phrase) as \(parameter.name), not \(type.name).",
        at: span)
    }
  }

  /// All positions are ICRS; a query that says otherwise would get wrong answers.
  private func checkCoordinateSystem(_ written: Expression?) throws(ADQLError) {
    guard case .string(let text) = written?.kind else { return }
    let frame = text.split(separator: " ").first?.uppercased() ?? ""
    guard ["", "ICRS", "UNKNOWNFRAME"].contains(frame) else {
      throw ADQLError(
        .unsupported, "Positions are in ICRS here; convert those in \(text) first.", at: written?.span,
        expected: ["'ICRS'"])
    }
  }

  /// Points made on the spot are taken apart: `CIRCLE(POINT(a, b), r)` is `CIRCLE(a, b, r)`. A point intersects what contains it.
  private func normalized(
    _ name: ADQLFunction.Name, _ arguments: [CheckedExpression], _ type: ADQLType
  ) -> CheckedExpression {
    switch name {
    case .circle, .box, .ivoHealpixIndex:
      return .function(name, arguments.flatMap { $0.coordinates ?? [$0] }, type)
    case .polygon, .distance:
      let parts = arguments.map(\.coordinates)
      guard parts.allSatisfy({ $0 != nil }) else { return .function(name, arguments, type) }
      return .function(name, parts.flatMap { $0 ?? [] }, type)
    case .intersects where arguments[0].type == .point:
      return .function(.contains, arguments, type)
    case .intersects where arguments[1].type == .point:
      return .function(.contains, arguments.reversed(), type)
    default:
      return .function(name, arguments, type)
    }
  }
}

extension CheckedExpression {
  /// The longitude and latitude of `POINT(…)`.
  var coordinates: [CheckedExpression]? {
    if case .function(.point, let arguments, _) = self { arguments } else { nil }
  }
}

extension ADQLFunction.Signature {
  /// Whether it can be called with a number of arguments.
  func takes(_ count: Int) -> Bool {
    let least = parameters.filter { !$0.isOptional }.count
    guard isVariadic else { return (least...parameters.count).contains(count) }
    return parameters.count == 2 ? count >= 6 && count.isMultiple(of: 2) : count >= 3
  }

  /// What an argument must be; those of a repeated one are all alike.
  func parameter(_ index: Int) -> ADQLFunction.Parameter { parameters[index % parameters.count] }
}
