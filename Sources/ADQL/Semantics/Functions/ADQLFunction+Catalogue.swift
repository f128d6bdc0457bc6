// What the functions of the language and the user-defined ones take and give. Sources: ADQL 2.1, sections 2.3 and 4; the IVOA catalogue of
// user-defined functions 1.0.

extension ADQLFunction {
  static let mathematical: [ADQLFunction] = [
    .init(.abs, .mathematical, [.number("x")], .first, "The absolute value."),
    .init(.ceiling, .mathematical, [.number("x")], .type(.double), "The least whole number that is not less than x."),
    .init(.degrees, .mathematical, [.number("x")], .type(.double), "An angle in radians as degrees."),
    .init(.exp, .mathematical, [.number("x")], .type(.double), "e to the power of x."),
    .init(.floor, .mathematical, [.number("x")], .type(.double), "The greatest whole number not greater than x."),
    .init(.log, .mathematical, [.number("x")], .type(.double), "The natural logarithm."),
    .init(.log10, .mathematical, [.number("x")], .type(.double), "The logarithm to base 10."),
    .init(.mod, .mathematical, [.number("x"), .number("y")], .joined, "The remainder of x / y, with the sign of x."),
    .init(.pi, .mathematical, [], .type(.double), "The number pi."),
    .init(.power, .mathematical, [.number("x"), .number("y")], .type(.double), "x to the power of y."),
    .init(.radians, .mathematical, [.number("x")], .type(.double), "An angle in degrees as radians."),
    .init(
      .rand, .mathematical, [.integer("seed").optional], .type(.double), "A random number from 0 to 1, 1 not included."),
    .init(
      .round, .mathematical, [.number("x"), .integer("n").optional], .type(.double),
      "x rounded to n decimals, 0 when left out; halves away from zero."),
    .init(.sqrt, .mathematical, [.number("x")], .type(.double), "The square root."),
    .init(
      .truncate, .mathematical, [.number("x"), .integer("n").optional], .type(.double),
      "x cut after n decimals, 0 when left out."),
  ]

  static let trigonometric: [ADQLFunction] = [
    .init(.acos, .trigonometric, [.number("x")], .type(.double), "The arc cosine, in radians."),
    .init(.asin, .trigonometric, [.number("x")], .type(.double), "The arc sine, in radians."),
    .init(.atan, .trigonometric, [.number("x")], .type(.double), "The arc tangent, in radians."),
    .init(
      .atan2, .trigonometric, [.number("y"), .number("x")], .type(.double),
      "The angle in radians of the direction with the coordinates x and y."),
    .init(.cos, .trigonometric, [.number("x")], .type(.double), "The cosine of an angle in radians."),
    .init(.cot, .trigonometric, [.number("x")], .type(.double), "The cotangent of an angle in radians."),
    .init(.sin, .trigonometric, [.number("x")], .type(.double), "The sine of an angle in radians."),
    .init(.tan, .trigonometric, [.number("x")], .type(.double), "The tangent of an angle in radians."),
  ]

  static let general: [ADQLFunction] = [
    .init(.lower, .string, [.text("text")], .type(.varchar), "The text in small letters."),
    .init(.upper, .string, [.text("text")], .type(.varchar), "The text in capital letters."),
    .init(
      .coalesce, .conditional, [.any("value")], isVariadic: true, .joined, "The first of the values that is not NULL."),
    .init(
      .inUnit, .unit, [.number("value"), .text("unit")], .type(.double),
      "The value converted to another unit, which is a literal as VOUnits write it."),
  ]

  static let geometry: [ADQLFunction] = [
    .init(
      .point, .geometry, [.number("lon"), .number("lat")], .type(.point), "A position, in degrees."),
    ADQLFunction(
      name: .circle, group: .geometry,
      signatures: [
        Signature([.number("lon"), .number("lat"), .number("radius")], .type(.circle)),
        Signature([.point("centre"), .number("radius")], .type(.circle)),
      ], description: "All positions within a radius of the centre, in degrees."),
    ADQLFunction(
      name: .box, group: .geometry,
      signatures: [
        Signature([.number("lon"), .number("lat"), .number("width"), .number("height")], .type(.polygon)),
        Signature([.point("centre"), .number("width"), .number("height")], .type(.polygon)),
      ],
      description: "A box around the centre, its sides pieces of great circles, in degrees. ADQL 2.1 prefers POLYGON."),
    ADQLFunction(
      name: .polygon, group: .geometry,
      signatures: [
        Signature([.number("lon"), .number("lat")], isVariadic: true, .type(.polygon)),
        Signature([.point("vertex")], isVariadic: true, .type(.polygon)),
      ], description: "The area between three or more vertices, in degrees, with great circles from one to the next."),
    .init(.region, .geometry, [.text("region")], .type(.region), "A region from a literal in STC-S or DALI's form."),
    .init(
      .contains, .geometry, [.geometry("inner"), .geometry("outer")], .type(.integer),
      "1 when the first lies wholly in the second, its outline included, else 0."),
    .init(
      .intersects, .geometry, [.geometry("one"), .geometry("other")], .type(.integer),
      "1 when the two have a position in common, else 0."),
    ADQLFunction(
      name: .distance, group: .geometry,
      signatures: [
        Signature([.point("one"), .point("other")], .type(.double)),
        Signature([.number("lon1"), .number("lat1"), .number("lon2"), .number("lat2")], .type(.double)),
      ], description: "The angle between two positions, in degrees."),
    .init(.area, .geometry, [.geometry("region")], .type(.double), "The area, in square degrees."),
    .init(.centroid, .geometry, [.geometry("region")], .type(.point), "The centre of a region."),
    .init(.coord1, .geometry, [.point("position")], .type(.double), "The longitude of a position, in degrees."),
    .init(.coord2, .geometry, [.point("position")], .type(.double), "The latitude of a position, in degrees."),
    .init(.coordsys, .geometry, [.geometry("region")], .type(.varchar), "The coordinate system: always ICRS."),
  ]

  static let userDefined: [ADQLFunction] = [
    ADQLFunction(
      name: .ivoHealpixIndex, group: .userDefined,
      signatures: [
        Signature([.integer("hpxOrder"), .number("lon"), .number("lat")], .type(.bigint)),
        Signature([.integer("hpxOrder"), .point("p")], .type(.bigint)),
      ], description: "The number of the HEALPix pixel of an order, NESTED, in which a position lies."),
    .init(
      .ivoStringAgg, .userDefined, [.text("expression"), .text("delimiter")], .type(.varchar),
      "An aggregate: the texts of a group in one, with the delimiter between them; NULL is left out."),
    .init(
      .ivoHasWord, .userDefined, [.text("haystack"), .text("needle")], .type(.integer),
      "1 when the words of the needle stand in the haystack, without regard to case, else 0."),
    .init(
      .ivoNoCaseMatch, .userDefined, [.text("value"), .text("pattern")], .type(.integer),
      "1 when the value is like the pattern, without regard to case, else 0."),
    .init(
      .ivoToMJD, .userDefined, [.timestamp("d")], .type(.double), "A timestamp as Modified Julian Date, in days."),
    .init(.ivoToJD, .userDefined, [.timestamp("d")], .type(.double), "A timestamp as Julian Date, in days."),
    .init(
      .gavoToMJD, .userDefined, [.timestamp("d")], .type(.double), "A timestamp as Modified Julian Date, in days."),
    .init(.gavoToJD, .userDefined, [.timestamp("d")], .type(.double), "A timestamp as Julian Date, in days."),
  ]
}
