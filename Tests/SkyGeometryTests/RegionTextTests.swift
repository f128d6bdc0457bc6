import SkyGeometry
import Testing

@Suite struct RegionTextTests {
  @Test(
    arguments: [
      // STC-S.
      ("Position ICRS 10 20", "point 10 20"), ("CIRCLE 10 20 0.5", "circle 10 20 0.5"),
      ("circle icrs geocenter spherical2 10 20 0.5", "circle 10 20 0.5"),
      ("Circle UNKNOWNFRAME UNKNOWNREFPOS SPHER2 10 20 0.5", "circle 10 20 0.5"),
      ("Convex ICRS 1 2 3 4 5 2", "polygon 1 2 3 4 5 2"), ("POLYGON TOPOCENTER 1 2 3 4 5 2", "polygon 1 2 3 4 5 2"),
      ("UNION ICRS (CIRCLE 1 2 3 POSITION 4 5)", "circle 1 2 3 point 4 5"),
      (
        "Union ICRS TOPOCENTER ( Circle 1 2 3 Union (Position 4 5 Circle ICRS 6 7 8) )",
        "circle 1 2 3 point 4 5 circle 6 7 8"
      ),
      // As ESA and MAST write.
      ("Polygon 1.5 2 3 4 5 2", "polygon 1.5 2 3 4 5 2"),
      ("POLYGON 1 2 3 4 5 2 POLYGON 1 2 3 4 5 6", "polygon 1 2 3 4 5 2 polygon 1 2 3 4 5 6"),
      // DALI.
      ("point 10 -20", "point 10 -20"), ("range 10 20 -5 5", "range 10 20 -5 5"),
      ("RANGE 0 360 89 +Inf", "range 0 360 89 90"), ("range -Inf inf -Inf 3", "range 0 360 -90 3"),
      // pgSphere.
      ("{(10d , 20d),(30d , 20d),(20d , 30d)}", "polygon 10 20 30 20 20 30"),
      ("{(10d,-2e1d),(30D,20d),(20d,30d),(10d,-20d)}", "polygon 10 -20 30 20 20 30"),
      ("<(10d , 20d) , 1.5d>", "circle 10 20 1.5"), (" ( 10d , -20d ) ", "point 10 -20"),
      ("((350d , -5d) , (10d , 5d))", "range 350 10 -5 5"),
      ("(2h 30m , -10d 30m 36s)", "point 37.5 -10.51"), ("(1h , - 0.5d)", nil),
      ("(0 , -1.5707963267948966)", "point 0 -90"),
      (
        "{(0 , 0),(0.5 , 0),(0.5, 0.5)} <(0,0),0.5>",
        "polygon 0 0 28.64788975654116 0 28.64788975654116 28.64788975654116 circle 0 0 28.64788975654116"
      ),
    ] as [(String, String?)])
  func forms(text: String, dali: String?) throws {
    guard let dali else {
      #expect(throws: SkyGeometryError.self) { try SkyRegion(text: text) }
      return
    }
    let region = try SkyRegion(text: text)
    #expect(region.dali == dali)
    for form in [region.dali, region.stcs] { #expect(try SkyRegion(text: form) == region, "\(form)") }
    if region.shapes.count == 1 {
      #expect(try SkyRegion(region.shapes[0].kind, numbers: region.shapes[0].numbers) == region)
      let numbers = dali.split(separator: " ").dropFirst().joined(separator: " ")
      #expect(try SkyRegion(text: numbers, numbersAs: region.shapes[0].kind) == region)
    }
    let back = try SkyRegion(text: region.pgSphere)
    for (a, b) in zip(region.shapes.flatMap(\.numbers), back.shapes.flatMap(\.numbers)) { #expect(abs(a - b) < 1e-12) }
  }

  @Test func framesAreTurned() throws {
    let region = try SkyRegion(
      text: "UNION GALACTIC (CIRCLE 0 0 1 POSITION ICRS 1 2 POSITION FK5 3 4 BOX 120 -45.5 1 1)")
    #expect(region.shapes.count == 4)
    let center = SkyPosition(ra: 266.4049882865447, dec: -28.936177761791473)
    #expect(region.shapes[0].boundingCircle.center.separation(to: center) < 1e-9)
    #expect(region.shapes[1] == .circle(SkyCircle(center: SkyPosition(ra: 1, dec: 2), radius: 0)))
    #expect(region.shapes[2].boundingCircle.center.separation(to: SkyPosition(ra: 3, dec: 4)) < 1e-5)
    let box = SkyFrame.galactic.position(longitude: 120, latitude: -45.02)
    #expect(region.shapes[3].contains(box))
  }

  @Test func outputs() throws {
    let region = try SkyRegion(text: "POLYGON 1 2 3 4 5.5 -2 CIRCLE 1 2 3")
    #expect(region.stcs == "UNION ICRS (POLYGON 1 2 3 4 5.5 -2 CIRCLE 1 2 3)")
    #expect(region.pgSphere == "{(1d , 2d),(3d , 4d),(5.5d , -2d)} <(1d , 2d) , 3d>")
    #expect(SkyRegion(shapes: [region.shapes[0]]).stcs == "POLYGON ICRS 1 2 3 4 5.5 -2")
    #expect(try SkyRegion(text: "POSITION 1 2").sRegion == "CIRCLE ICRS  1.000000000 2.000000000 0.000000000")
  }

  @Test(
    arguments: [
      ("", .empty), ("   ", .empty), ("UNION ()", .empty), ("1 2 3", .unknownWord), ("WHERE 1 2", .unknownWord),
      ("ELLIPSE ICRS 1 2 3 4 5", .unsupported), ("NOT (CIRCLE 1 2 3)", .unsupported),
      ("Intersection ICRS (CIRCLE 1 2 3 CIRCLE 1 2 4)", .unsupported), ("UNION (NOT (CIRCLE 1 2 3))", .unsupported),
      ("CIRCLE FK4 1 2 3", .unsupported), ("CIRCLE ICRS CARTESIAN2 1 2 3", .unsupported),
      ("RANGE GALACTIC 1 2 3 4", .unsupported), ("RANGE 1 2 3", .missingNumber), ("RANGE 1 2 5 3", .outOfRange),
      ("POSITION 1", .missingNumber), ("POSITION 1 2 3", .unknownWord), ("UNION CIRCLE 1 2 3", .unknownWord),
      ("UNION (CIRCLE 1 2 3", .unknownWord), ("UNION (UNION (CIRCLE 1 2 3)", .unknownWord),
      ("CIRCLE 1 2 3)", .unknownWord), ("(CIRCLE 1 2 3)", .unreadable),
      ("{(1d,2d),(3d,4d)}", .tooFewVertices), ("{(1d,2d),(3d,4d),(5d,6d)", .unreadable), ("{}", .unreadable),
      ("<(1d,2d)>", .unreadable), ("(1d,91d)", .outOfRange), ("(1q,2d)", .unreadable), ("<(1d,2d),-1d>", .outOfRange),
      ("(1d,2d) CIRCLE 1 2 3", .unreadable), ("((1d,5d),(2d,3d))", .outOfRange), ("{(1d,2d),(3d", .unreadable),
      ("POLYGON 0 0 180 0 90 1", .oppositeVertices), ("CIRCLE 1 2 inf", .unknownWord),
    ] as [(String, SkyGeometryError.Kind)])
  func faults(text: String, kind: SkyGeometryError.Kind) {
    let error = #expect(throws: SkyGeometryError.self) { try SkyRegion(text: text) }
    #expect(error?.kind == kind, "\(error.map(String.init(describing:)) ?? "")")
  }

  @Test func nestingAndNoiseDoNoHarm() {
    let deep = String(repeating: "UNION (", count: 50_000)
    #expect(throws: SkyGeometryError.self) { try SkyRegion(text: deep) }
    var state: UInt64 = 3
    let pieces = [
      "POLYGON", "CIRCLE", "UNION", "(", ")", "{", "<", "1", "-2.5", "1e9", ",", "d", "ICRS", "é", "nan", "\0", "h",
    ]
    for _ in 0..<20_000 {
      var text = ""
      for _ in 0..<12 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        text += pieces[Int(state >> 33) % pieces.count] + (state >> 40 & 1 == 0 ? " " : "")
      }
      for kind in [nil, SkyRegion.Kind.polygon] { _ = try? SkyRegion(text: text, numbersAs: kind).area }
    }
  }

  @Test func numbersMustFitTheKind() {
    for (kind, numbers) in [
      (SkyRegion.Kind.point, [1.0]), (.circle, [1, 2]), (.circle, [1, 2, -1]), (.polygon, [1, 2, 3, 4]),
      (.polygon, [1, 2, 3, 4, 5]), (.range, [1, 2, 3]), (.point, [.nan, 1]), (.point, [1, .infinity]),
      (.polygon, [1, 2, 3, 4, .infinity, 5]),
    ] { #expect(throws: SkyGeometryError.self) { try SkyRegion(kind, numbers: numbers) } }
  }
}
