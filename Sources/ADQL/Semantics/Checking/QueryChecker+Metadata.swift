extension QueryChecker {
  /// What a result says of a column with this value: its type, its unit and what it measures, as far as they follow. It has no name yet.
  func metadata(of value: CheckedExpression) -> ResultColumn {
    switch value {
    case .column(let column): return sources[column.source].columns[column.index]
    case .merged(let values, let type):
      return joined(values) ?? ResultColumn(name: "", type: type)
    case .converted(let inner, _, let unit):
      var result = metadata(of: inner)
      if result.type != .double { (result.type, result.datatype, result.arraySize) = (.double, "double", nil) }
      result.unit = unit
      return result
    case .subquery(let query, _):
      return query.resultColumns[0]
    case .aggregate(let function, _, let argument, let type):
      var result = ResultColumn(name: "", type: type)
      let inner = argument.map { metadata(of: $0) }
      switch function {
      case .count: result.ucd = "meta.number"
      case .sum: result.unit = inner?.unit
      case .average:
        result.unit = inner?.unit
        result.ucd = inner?.ucd.map { "stat.mean;\($0)" }
      case .minimum, .maximum:
        if let inner { result = inner }
        let statistic = function == .minimum ? "stat.min" : "stat.max"
        result.ucd = inner?.ucd.map { "\(statistic);\($0)" }
        result.utype = nil
        result.description = nil
      }
      return result
    case .cast(_, let type, let length):
      var result = ResultColumn(name: "", type: type)
      if let length { result.arraySize = type == .char ? "\(length)" : "\(length)*" }
      result.unit = unit(of: value)
      return result
    default:
      var result = ResultColumn(name: "", type: value.type)
      result.unit = unit(of: value)
      if value.type == .opaque, let array = joined(value.alternatives) {
        (result.datatype, result.arraySize, result.xtype) = (array.datatype, array.arraySize, array.xtype)
      }
      if case .function(.distance, _, _) = value { result.ucd = "pos.angDistance" }
      return result
    }
  }

  /// What a result says of a column that holds any of some values; nil when none can.
  func joined(_ values: [CheckedExpression]) -> ResultColumn? {
    guard let first = values.first else { return nil }
    return values.dropFirst().reduce(metadata(of: first)) { $0?.joined(with: metadata(of: $1)) }
  }

  /// The unit of a value, as far as it follows from those of the columns.
  private func unit(of value: CheckedExpression) -> String? {
    switch value {
    case .column(let column): return sources[column.source].columns[column.index].unit
    case .merged, .conditional, .function(.coalesce, _, _): return common(value.alternatives)
    case .negated(let inner): return unit(of: inner)
    case .cast(let inner, let type, _): return type.isNumeric && inner.type.isNumeric ? unit(of: inner) : nil
    case .converted(_, _, let unit): return unit
    case .aggregate, .subquery: return metadata(of: value).unit
    case .arithmetic(.add, let left, let right, _), .arithmetic(.subtract, let left, let right, _):
      return common([left, right])
    case .arithmetic(.multiply, let left, let right, _):
      if right.constantNumber != nil { return unit(of: left) }
      if left.constantNumber != nil { return unit(of: right) }
      return combined(left, right, *)
    case .arithmetic(.divide, let left, let right, _):
      return right.constantNumber != nil ? unit(of: left) : combined(left, right, /)
    case .function(let name, let arguments, _): return unit(of: name, arguments)
    default: return nil
    }
  }

  private func unit(of name: ADQLFunction.Name, _ arguments: [CheckedExpression]) -> String? {
    switch name {
    case .abs, .ceiling, .floor, .round, .truncate, .mod: return arguments.first.flatMap { unit(of: $0) }
    case .sqrt: return arguments.first.flatMap { raised($0, to: 0.5) }
    case .power: return arguments[1].constantNumber.flatMap { raised(arguments[0], to: $0) }
    case .acos, .asin, .atan, .atan2, .radians: return "rad"
    case .degrees, .distance, .coord1, .coord2, .point, .circle, .box, .polygon, .centroid: return "deg"
    case .area: return "deg**2"
    case .ivoToMJD, .ivoToJD, .gavoToMJD, .gavoToJD: return "d"
    default: return nil
    }
  }

  /// The unit that all values share; number literals have any.
  private func common(_ values: [CheckedExpression]) -> String? {
    let units = Set(values.filter { $0.constantNumber == nil && $0 != .null }.map { unit(of: $0) })
    return units.count == 1 ? units.first ?? nil : nil
  }

  private func combined(
    _ left: CheckedExpression, _ right: CheckedExpression, _ combine: (PhysicalUnit, PhysicalUnit) -> PhysicalUnit?
  ) -> String? {
    guard let one = physicalUnit(of: left), let other = physicalUnit(of: right) else { return nil }
    let text = combine(one, other)?.text
    return text?.isEmpty == true ? nil : text
  }

  private func raised(_ value: CheckedExpression, to power: Double) -> String? {
    guard power.magnitude <= 8, (power * 2).rounded() == power * 2 else { return nil }
    let text = physicalUnit(of: value)?.raised(to: power)?.text
    return text?.isEmpty == true ? nil : text
  }

  private func physicalUnit(of value: CheckedExpression) -> PhysicalUnit? {
    value.constantNumber != nil ? PhysicalUnit() : unit(of: value).flatMap { try? UnitParser.parse($0) }
  }
}
