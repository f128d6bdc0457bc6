import ADQL
import Testing

/// What the constructs of ADQL become, told by the canonical text of the tree and, where it matters, by the tree.
@Suite struct ParserTests {
  /// Each text beside its canonical form; a form is its own canonical form.
  @Test(
    arguments: [
      // The selection.
      ("select a from t", "SELECT a FROM t"),
      ("(select a from t)", "SELECT a FROM t"),
      ("select a from t;", "SELECT a FROM t"),
      (
        "select distinct top 5 a, b c, d as \"D d\" from t u",
        "SELECT DISTINCT TOP 5 a, b AS c, d AS \"D d\" FROM t AS u"
      ),
      ("select all(a+b)X from most", "SELECT ALL a + b AS X FROM most"),
      ("select top 4* from(select * from a.b)x", "SELECT TOP 4 * FROM (SELECT * FROM a.b) AS x"),
      ("select 1 as one, t.*, s.t.*, c.s.t.*, * from t", "SELECT 1 AS one, t.*, s.t.*, c.s.t.*, * FROM t"),
      ("select TAP_UPLOAD.\n abc\n .c from TAP_UPLOAD . abc", "SELECT TAP_UPLOAD.abc.c FROM TAP_UPLOAD.abc"),
      ("select c.s.t.x from c.s.t", "SELECT c.s.t.x FROM c.s.t"),
      ("select a from t offset 10", "SELECT a FROM t OFFSET 10"),
      ("(select top 5 a from t)", "SELECT TOP 5 a FROM t"),
      ("(select top 5 a from t) offset 2", "(SELECT TOP 5 a FROM t) OFFSET 2"),
      ("((select top 5 a from t) order by a) offset 2", "((SELECT TOP 5 a FROM t) ORDER BY a) OFFSET 2"),
      ("select a from ((select top 5 a from t) offset 2) x", "SELECT a FROM ((SELECT TOP 5 a FROM t) OFFSET 2) AS x"),
      ("(select a from t) order by b offset 2", "SELECT a FROM t ORDER BY b OFFSET 2"),
      (
        "select a, count(*) n from t where a > 1 group by a, b+1 having count(*) > 2 order by n desc, 1 asc, a+1 offset 3",
        "SELECT a, COUNT(*) AS n FROM t WHERE a > 1 GROUP BY a, b + 1 HAVING COUNT(*) > 2 ORDER BY n DESC, 1, a + 1 OFFSET 3"
      ),
      (
        "select distance(a, b) as distance from t order by distance",
        "SELECT distance(a, b) AS distance FROM t ORDER BY distance"
      ),
      // Names.
      (#"select "a""b", "From", """" from "S p"."T""#, #"SELECT "a""b", "From", """" FROM "S p"."T""#),
      ("SELECT p.public FROM jwst.plane p", "SELECT p.public FROM jwst.plane AS p"),
      (
        "select public, date, t.distance, t.min from public.t t",
        "SELECT public, date, t.distance, t.min FROM public.t AS t"
      ),
      ("select public from t where public='true'", "SELECT public FROM t WHERE public = 'true'"),
      // Literals.
      ("select 12, 12., .5, 1.5E-3, 10e5, 1.e+2 from t", "SELECT 12, 12., .5, 1.5E-3, 10e5, 1.e+2 FROM t"),
      ("select 'it''s', '', '''' , 'é\n--x' from t", "SELECT 'it''s', '', '''', 'é\n--x' FROM t"),
      ("select null from t", "SELECT NULL FROM t"),
      // Comments.
      ("-- first\nselect a--b\r, c ---- d\nfrom t -- the end", "SELECT a, c FROM t"),
      // Arithmetic.
      ("select 1+2-6/2*3 from t", "SELECT 1 + 2 - 6 / 2 * 3 FROM t"),
      ("select (1+2)*3, 1-(2-3), 6/(2/3), (((4))) from t", "SELECT (1 + 2) * 3, 1 - (2 - 3), 6 / (2 / 3), 4 FROM t"),
      ("select -x, +1, - -x, -(a+b), a - -b from t", "SELECT -x, +1, -(-x), -(a + b), a - -b FROM t"),
      ("select a||'b'||c, (a||b)+1, a||(b||c) from t", "SELECT a || 'b' || c, (a || b) + 1, a || (b || c) FROM t"),
      // Functions.
      (
        "select count(*), count(distinct a), sum(all b), avg(c), min(d), max(e) from t",
        "SELECT COUNT(*), COUNT(DISTINCT a), SUM(ALL b), AVG(c), MIN(d), MAX(e) FROM t"
      ),
      (
        "select pi(), rand(), rand(5), round(x,-2), atan2(y,x) from t",
        "SELECT pi(), rand(), rand(5), round(x, -2), atan2(y, x) FROM t"
      ),
      (
        "select lower(a), upper('x'), coalesce(a,b,'c'), in_unit(ra,'rad') from t",
        "SELECT lower(a), upper('x'), coalesce(a, b, 'c'), in_unit(ra, 'rad') FROM t"
      ),
      ("select ivo_healpix_index(6, ra, dec), f() from t", "SELECT ivo_healpix_index(6, ra, dec), f() FROM t"),
      (
        "select cast(a as smallint), cast(a as Double  Precision), cast(a as char(3)), cast(a as varchar), cast(a as point) from t",
        "SELECT CAST(a AS SMALLINT), CAST(a AS DOUBLE PRECISION), CAST(a AS CHAR(3)), CAST(a AS VARCHAR), CAST(a AS POINT) FROM t"
      ),
      (
        "select case when a>1 and b is null then 'x' when not c=2 then 'y' else null end, case a when 1 then 2 end from t",
        "SELECT CASE WHEN a > 1 AND b IS NULL THEN 'x' WHEN NOT c = 2 THEN 'y' ELSE NULL END, CASE a WHEN 1 THEN 2 END FROM t"
      ),
      ("select (select max(b) from u) + 1 from t", "SELECT (SELECT MAX(b) FROM u) + 1 FROM t"),
      // Geometry.
      (
        "select point('ICRS',1,2), circle(p,1), box('',p,1,2), polygon(a,b,c), region('CIRCLE 1 2 3') from t",
        "SELECT point('ICRS', 1, 2), circle(p, 1), box('', p, 1, 2), polygon(a, b, c), region('CIRCLE 1 2 3') FROM t"
      ),
      (
        "select area(c), centroid(c), coord1(p), coord2(p), coordsys(p) from t where 1=contains(p, c) and intersects(a,b)=0 and distance(1,2,3,4)<5",
        "SELECT area(c), centroid(c), coord1(p), coord2(p), coordsys(p) FROM t WHERE 1 = contains(p, c) AND intersects(a, b) = 0 AND distance(1, 2, 3, 4) < 5"
      ),
      // Conditions.
      (
        "select a from t where a=1 and b!=2 or c<>3 and not d<=4",
        "SELECT a FROM t WHERE a = 1 AND b <> 2 OR c <> 3 AND NOT d <= 4"
      ),
      (
        "select a from t where (a=1 or b<2) and (c>3 or d>=4)",
        "SELECT a FROM t WHERE (a = 1 OR b < 2) AND (c > 3 OR d >= 4)"
      ),
      ("select a from t where (a=1 and b=2) and c=3", "SELECT a FROM t WHERE (a = 1 AND b = 2) AND c = 3"),
      ("select a from t where not not (a=1 or b=2)", "SELECT a FROM t WHERE NOT NOT (a = 1 OR b = 2)"),
      (
        "select a from t where ((a+1)*2 > 3) and (((a)) + 1) = (b)",
        "SELECT a FROM t WHERE (a + 1) * 2 > 3 AND a + 1 = b"
      ),
      ("select a from t where a between(b+and7)AND 4", "SELECT a FROM t WHERE a BETWEEN b + and7 AND 4"),
      (
        "select a from t where a not between 1 and 2 and b = 3", "SELECT a FROM t WHERE a NOT BETWEEN 1 AND 2 AND b = 3"
      ),
      (
        "select a from t where a in (1, 'x', b) or a not in (select c from u)",
        "SELECT a FROM t WHERE a IN (1, 'x', b) OR a NOT IN (SELECT c FROM u)"
      ),
      (
        "select a from t where a in ((select b from u) union (select c from v))",
        "SELECT a FROM t WHERE a IN (SELECT b FROM u UNION SELECT c FROM v)"
      ),
      (
        "select a from t where a like 'x%' and b not like c || '_' and d ilike 'e' and f not ilike 'g'",
        "SELECT a FROM t WHERE a LIKE 'x%' AND b NOT LIKE c || '_' AND d ILIKE 'e' AND f NOT ILIKE 'g'"
      ),
      ("select a from t where a is null and b+1 is not null", "SELECT a FROM t WHERE a IS NULL AND b + 1 IS NOT NULL"),
      (
        "select a from t where exists(select * from u) and not exists (select b from v where v.x=t.x)",
        "SELECT a FROM t WHERE EXISTS (SELECT * FROM u) AND NOT EXISTS (SELECT b FROM v WHERE v.x = t.x)"
      ),
      // Tables.
      ("select a from t, u v, (select b from w) x", "SELECT a FROM t, u AS v, (SELECT b FROM w) AS x"),
      (
        "select a from t join u on t.x=u.x inner join v using(x, y)",
        "SELECT a FROM t JOIN u ON t.x = u.x JOIN v USING (x, y)"
      ),
      (
        "select a from t natural join u natural left outer join v", "SELECT a FROM t NATURAL JOIN u NATURAL LEFT JOIN v"
      ),
      (
        "select a from t left join u using (x) right outer join v using (y) full join w using (z)",
        "SELECT a FROM t LEFT JOIN u USING (x) RIGHT JOIN v USING (y) FULL JOIN w USING (z)"
      ),
      ("select a from t join (u join v using (x)) using (y)", "SELECT a FROM t JOIN (u JOIN v USING (x)) USING (y)"),
      (
        "select a from ((t join u using (x)) join v using (x)), w",
        "SELECT a FROM t JOIN u USING (x) JOIN v USING (x), w"
      ),
      (
        "select a from ((select b from t) as p join q using (b))",
        "SELECT a FROM (SELECT b FROM t) AS p JOIN q USING (b)"
      ),
      ("select a from ((select b from t)) as p", "SELECT a FROM (SELECT b FROM t) AS p"),
      (
        "select a from ((select b from t order by b) union (select c from u) order by 1) as p",
        "SELECT a FROM ((SELECT b FROM t ORDER BY b) UNION SELECT c FROM u ORDER BY 1) AS p"
      ),
      // Set operations.
      (
        "select a from t union select b from u except all select c from v",
        "SELECT a FROM t UNION SELECT b FROM u EXCEPT ALL SELECT c FROM v"
      ),
      (
        "select a from t union (select b from u except select c from v)",
        "SELECT a FROM t UNION (SELECT b FROM u EXCEPT SELECT c FROM v)"
      ),
      (
        "(select a from t union select b from u) intersect select c from v",
        "(SELECT a FROM t UNION SELECT b FROM u) INTERSECT SELECT c FROM v"
      ),
      (
        "select a from t union (select b from u intersect select c from v)",
        "SELECT a FROM t UNION SELECT b FROM u INTERSECT SELECT c FROM v"
      ),
      (
        "(select top 1 a from t order by a) union (select top 2 a from t offset 4) order by a",
        "(SELECT TOP 1 a FROM t ORDER BY a) UNION (SELECT TOP 2 a FROM t OFFSET 4) ORDER BY a"
      ),
      // Named tables.
      (
        "with x as (select a from t), y as (select b from x order by b) select * from x union select * from y",
        "WITH x AS (SELECT a FROM t), y AS (SELECT b FROM x ORDER BY b) SELECT * FROM x UNION SELECT * FROM y"
      ),
    ])
  func reads(text: String, canonical: String) throws {
    let tree = try Parser().parse(text)
    #expect(tree.description == canonical)
    let again = try Parser().parse(canonical)
    #expect(again == tree)
    #expect(again.description == canonical)
  }

  @Test func conjunctionsAndDisjunctionsAreFlat() throws {
    let condition = try #require(try whereOf("select a from t where a=1 and b=2 and (c=3 and d=4) or e=5 or f=6"))
    guard case .or(let either) = condition.kind, case .and(let all) = either[0].kind else {
      Issue.record("\(condition)")
      return
    }
    #expect(either.count == 3)
    #expect(all.count == 3)
  }

  @Test func intersectBindsTighterThanUnion() throws {
    let tree = try Parser().parse("select a from t union select b from u intersect select c from v")
    guard case .set(let union) = tree.body, case .set(let intersection) = union.right else {
      Issue.record("\(tree.body)")
      return
    }
    #expect(union.operator == .union)
    #expect(intersection.operator == .intersect)
  }

  @Test func unionAndExceptGoFromLeftToRight() throws {
    let tree = try Parser().parse("select a from t except select b from u union all select c from v")
    guard case .set(let union) = tree.body, case .set(let except) = union.left else {
      Issue.record("\(tree.body)")
      return
    }
    #expect(union.operator == .union && union.keepsDuplicates)
    #expect(except.operator == .except && !except.keepsDuplicates)
  }

  @Test func orderAndOffsetBelongToTheWhole() throws {
    let tree = try Parser().parse("select top 3 a from t union select b from u order by 1 offset 2")
    #expect(tree.orderBy.map(\.key) == [.position(1)])
    #expect(tree.offset == 2)
    guard case .set(let set) = tree.body, case .select(let left) = set.left, case .select(let right) = set.right else {
      Issue.record("\(tree.body)")
      return
    }
    #expect(left.top == 3)
    #expect(right.top == nil)
  }

  @Test func expressionsAreEqualWhereverTheyStand() throws {
    guard case .select(let select) = try Parser().parse("select a + 1,  a+1, a+2, \"a\"+1 from t").body else { return }
    let values = select.items.map { item -> Expression? in
      if case .expression(let value, _) = item { value } else { nil }
    }
    #expect(values[0] == values[1])
    #expect(values[0] != values[2])
    #expect(values[0] != values[3])
  }

  @Test func spansTellWhereThingsStand() throws {
    let text = "select ( é.b + c ) from t".replacing("é", with: "\"é\"")
    guard case .select(let select) = try Parser().parse(text).body, case .expression(let sum, _) = select.items[0],
      case .binary(.add, let left, let right) = sum.kind
    else {
      Issue.record("no sum")
      return
    }
    #expect(piece(of: text, sum.span) == "\"é\".b + c")
    #expect(piece(of: text, left.span) == "\"é\".b")
    #expect(piece(of: text, right.span) == "c")
  }

  @Test func theCoordinateSystemIsToldFromTheOtherArguments() throws {
    func call(_ text: String) throws -> FunctionCall? {
      guard case .select(let select) = try Parser().parse("select \(text) from t").body,
        case .expression(let value, _) = select.items[0], case .function(let call) = value.kind
      else { return nil }
      return call
    }
    let circle = try #require(try call("circle('ICRS', 1, 2, 3)"))
    #expect(circle.coordinateSystem?.kind == .string("ICRS"))
    #expect(circle.argumentsWithoutCoordinateSystem.map(\.description) == ["1", "2", "3"])
    #expect(try call("point(NULL, 1, 2)")?.coordinateSystem?.kind == .null)
    #expect(try call("point(1, 2)")?.coordinateSystem == nil)
    #expect(try call("coalesce('a', 'b')")?.argumentsWithoutCoordinateSystem.count == 2)
  }

  @Test func userFunctionsMayBeLimited() throws {
    let parser = Parser(userFunctions: ["ivo_hasword"])
    #expect(throws: Never.self) { try parser.parse("select IVO_HasWord(a, 'b') from t") }
    let error = #expect(throws: ADQLError.self) { try parser.parse("select ivo_haswort(a, 'b') from t") }
    #expect(error?.kind == .unknownFunction)
    #expect(error?.suggestion == "ivo_hasword")
    #expect(error?.column == 8)
  }

  @Test(arguments: [
    ("abc", true), ("a_1", true), ("_a", false), ("1a", false), ("é", false), ("", false), ("a b", false),
    ("public", false), ("Distance", false), ("current_timestamp", false),
  ])
  func regularNames(name: String, isRegular: Bool) {
    #expect(Identifier.isRegular(name) == isRegular)
  }

  @Test(arguments: [
    ("ra", "ra"), ("dec", "dec"), ("public", "\"public\""), ("a \"b\"", "\"a \"\"b\"\"\""), ("x\0y", "\"xy\""),
  ])
  func namesAsAQueryWritesThem(name: String, written: String) {
    #expect(Identifier.written(name) == written)
  }

  private func whereOf(_ text: String) throws -> Condition? {
    guard case .select(let select) = try Parser().parse(text).body else { return nil }
    return select.where
  }

  private func piece(of text: String, _ span: SourceSpan) -> String {
    String(decoding: Array(text.utf8)[span.start..<span.end], as: UTF8.self)
  }
}
