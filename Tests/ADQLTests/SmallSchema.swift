import ADQL

/// A few tables with what the rules are about: indexes, reserved words, names that differ in case.
enum SmallSchema {
  static let main = Schema.Table(
    name: "jwst.main", description: "Planes", isView: true,
    columns: [
      .init(name: "observationid", type: .varchar, ucd: "meta.id", description: "Name"),
      .init(name: "planeid", type: .char, arraySize: "36"),
      .init(name: "calibrationlevel", type: .integer, ucd: "meta.code", description: "Level"),
      .init(name: "public", type: .boolean),
      .init(
        name: "target_ra", type: .double, unit: "deg", ucd: "pos.eq.ra", utype: "x:ra", description: "Right ascension"),
      .init(name: "target_dec", type: .double, unit: "deg", ucd: "pos.eq.dec"),
      .init(name: "footprint", type: .region, sqlName: "s_region"),
      .init(name: "time_exposure", type: .double, unit: "s"),
      .init(name: "naxis1", type: .bigint),
      .init(name: "plane_datarelease", type: .timestamp),
      .init(name: "proposal_id", type: .varchar),
    ],
    spatialIndexes: [
      .init(name: "positions", kind: .position(longitude: "target_ra", latitude: "target_dec"), key: "plane_key"),
      .init(name: "footprints", kind: .footprint(region: "footprint"), key: "plane_key"),
    ])

  static let artifact = Schema.Table(
    name: "jwst.artifact",
    columns: [
      .init(name: "artifactid", type: .char, arraySize: "36"),
      .init(name: "planeid", type: .char, arraySize: "36"),
      .init(name: "filename", type: .varchar),
      .init(name: "contentlength", type: .bigint, unit: "byte"),
    ])

  static let stars = Schema.Table(
    name: "cat.stars",
    columns: [
      .init(name: "id", type: .integer),
      .init(name: "name", type: .varchar),
      .init(name: "ra", type: .double, unit: "deg"),
      .init(name: "pm_ra", type: .real, unit: "mas/yr"),
      .init(name: "pm_dec", type: .real, unit: "mas/yr"),
      .init(name: "Flux", type: .double, unit: "mJy"),
    ])

  static let other = Schema.Table(
    name: "other.stars", columns: [.init(name: "id", type: .smallint), .init(name: "mag", type: .real)])

  static let schema = Schema(tables: [main, artifact, stars, other])

  /// The SQL of a query.
  static func sql(_ adql: String, maxRows: Int? = nil, dialect: PlainDialect = PlainDialect()) throws -> String {
    try SQLRenderer(dialect: dialect).render(try Checker(schema: schema).check(adql), maxRows: maxRows).text
  }

  /// The columns of a query's result.
  static func columns(_ adql: String) throws -> [ResultColumn] {
    try Checker(schema: schema).check(adql).resultColumns
  }

  /// Why a query is refused; nil when it is not.
  static func refusal(_ adql: String) -> ADQLError? {
    do throws(ADQLError) {
      _ = try Checker(schema: schema).check(adql)
      return nil
    } catch {
      return error
    }
  }
}
