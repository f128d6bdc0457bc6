internal import GRDBSQLite
internal import SkyGeometry

/// Geometry (ADQL 2.1, section 4.2): exact on the sphere. What is no place on the sky is NULL.
extension SQLFunction {
  static let geometry: [SQLFunction] = [
    SQLFunction("point", 2) { call in
      call.give(blob: call.position(0).flatMap { SkyValue.point($0).blob })
    },
    SQLFunction("circle", 3) { call in
      guard let position = call.position(0), let radius = call.double(2) else { return call.give(blob: nil) }
      call.give(blob: SkyValue(numbers: [position.ra, position.dec, radius])?.blob)
    },
    SQLFunction("circle", 2) { call in
      guard case .point(let position)? = call.sky(0)?.value, let radius = call.double(1) else {
        return call.give(blob: nil)
      }
      call.give(blob: SkyValue(numbers: [position.ra, position.dec, radius])?.blob)
    },
    SQLFunction("box", 4) { call in call.give(blob: call.position(0).flatMap { box(call, $0, 2) }) },
    SQLFunction("box", 3) { call in
      guard case .point(let position)? = call.sky(0)?.value else { return call.give(blob: nil) }
      call.give(blob: box(call, position, 1))
    },
    SQLFunction("polygon", -1) { call in call.give(blob: polygon(call)) },
    SQLFunction("sky", 2) { call in
      // A point, a circle or a polygon out of text, as the tag says; NULL when it is another.
      guard let value = call.sky(0)?.value, let tag = value.tag, call.integer(1) == Int64(tag) else {
        return call.give(blob: nil)
      }
      call.give(blob: value.blob)
    },
    SQLFunction("sky_text", 1) { call in
      if call.storage(0) == SQLITE_TEXT { return call.give(argument: 0) }
      call.give(call.sky(0)?.value.text)
    },
    SQLFunction("contains_at", 3) { call in
      guard let position = call.position(0), let region = call.sky(2) else { return call.give(Bool?.none) }
      call.give(region.prepared.contains(position))
    },
    SQLFunction("contains", 2) { call in
      guard let inner = call.sky(0), let outer = call.sky(1) else { return call.give(Bool?.none) }
      if case .point(let position) = inner.value { return call.give(outer.prepared.contains(position)) }
      call.give(outer.prepared.contains(inner.prepared))
    },
    SQLFunction("intersects", 2) { call in
      guard let first = call.sky(0), let second = call.sky(1) else { return call.give(Bool?.none) }
      call.give(first.prepared.intersects(second.prepared))
    },
    SQLFunction("distance", 4) { call in
      guard let first = call.position(0), let second = call.position(2) else { return call.give(Double?.none) }
      call.give(first.separation(to: second))
    },
    SQLFunction("distance", 2) { call in
      guard case .point(let first)? = call.sky(0)?.value, case .point(let second)? = call.sky(1)?.value else {
        return call.give(Double?.none)
      }
      call.give(first.separation(to: second))
    },
    SQLFunction("zone", 2) { call in
      guard let latitude = call.double(0), let step = call.double(1), (-90...90).contains(latitude) else {
        return call.give(Int64?.none)
      }
      call.give(Int64(FootprintEntry.zone(ofDeclination: latitude + step)))
    },
    SQLFunction("window", 4) { call in call.give(windowEnd(call)) },
    SQLFunction("area", 1) { call in
      guard let value = call.sky(0)?.value else { return call.give(Double?.none) }
      if case .point = value { return call.give(0.0) }
      call.give(value.region.area)
    },
    SQLFunction("centroid", 1) { call in
      call.give(blob: call.sky(0)?.value.region.centroid.flatMap { SkyValue.point($0).blob })
    },
    SQLFunction("coord1", 1) { call in call.give(coordinates(call)?.ra) },
    SQLFunction("coord2", 1) { call in call.give(coordinates(call)?.dec) },
    SQLFunction("healpix", 3) { call in
      call.give(call.integer(0).flatMap { order in call.position(1).flatMap { pixel(order, $0) } })
    },
    SQLFunction("healpix", 2) { call in
      call.give(call.integer(0).flatMap { order in coordinates(call, 1).flatMap { pixel(order, $0) } })
    },
  ]

  private static func coordinates(_ call: SQLCall, _ index: Int = 0) -> SkyPosition? {
    guard case .point(let position)? = call.sky(index)?.value else { return nil }
    return position
  }

  private static func pixel(_ order: Int64, _ position: SkyPosition) -> Int64? {
    Healpix.index(order: Int(clamping: order), position: position)
  }

  /// An end of the range of right ascension that lies within a reach of a position, or of the second range where it crosses zero.
  private static func windowEnd(_ call: SQLCall) -> Double? {
    guard let position = call.position(0), let reach = call.double(2), let end = call.integer(3) else { return nil }
    let ranges = FootprintWindow(size: 0, reach: reach, SkyCircle(center: position, radius: reach)).ra
    let index = Int(clamping: end)
    guard ranges.indices.contains(index / 2) else { return nil }
    return index % 2 == 0 ? ranges[index / 2].lowerBound : ranges[index / 2].upperBound
  }

  private static func box(_ call: SQLCall, _ center: SkyPosition, _ size: Int) -> [UInt8]? {
    guard let width = call.double(size), let height = call.double(size + 1) else { return nil }
    return (try? SkyPolygon(center: center, width: width, height: height)).flatMap { SkyValue.polygon($0).blob }
  }

  /// Of numbers, or of points.
  private static func polygon(_ call: SQLCall) -> [UInt8]? {
    var numbers: [Double] = []
    for index in 0..<call.count {
      if [SQLITE_BLOB, SQLITE_TEXT].contains(call.storage(index)) {
        guard case .point(let position)? = call.sky(index)?.value else { return nil }
        numbers += [position.ra, position.dec]
      } else {
        guard let number = call.double(index) else { return nil }
        numbers.append(number)
      }
    }
    return numbers.count >= 6 ? SkyValue(numbers: numbers)?.blob : nil
  }
}

/// A geometry that was read, ready for tests.
final class SkyArgument {
  let value: SkyValue
  private(set) lazy var prepared = PreparedRegion(value.region)

  init(_ value: SkyValue) { self.value = value }
}

extension SQLCall {
  /// A position whose coordinates are two arguments; `nil` when one is NULL or it is none.
  func position(_ index: Int) -> SkyPosition? {
    guard let longitude = double(index), let latitude = double(index + 1) else { return nil }
    return SkyPosition(longitude: longitude, latitude: latitude)
  }

  /// An argument as a place or an area; one that is the same in all rows is read once.
  func sky(_ index: Int) -> SkyArgument? {
    if let kept = kept(index) { return Unmanaged<SkyArgument>.fromOpaque(kept).takeUnretainedValue() }
    guard
      let value = bytes(index).flatMap({
        storage(index) == SQLITE_BLOB ? SkyValue(blob: $0) : SkyValue(text: $0)
      })
    else { return nil }
    let argument = SkyArgument(value)
    keep(argument, beside: index)
    return argument
  }
}
