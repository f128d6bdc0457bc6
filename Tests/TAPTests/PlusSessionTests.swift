import HTTPTransport
import Testing

@testable import TAP

@Suite struct PlusSessionTests {
  static let now: Int64 = 1_800_000_000

  @Test(
    arguments: [
      (
        ["JSESSIONID=AAAA1111; Path=/server; Secure; HttpOnly", "SESSION=BBBB2222; Path=/server; SameSite=Lax"],
        "SESSION=BBBB2222"
      ),
      (["SESSION=1", "JSESSIONID=2", "SESSION=3"], "SESSION=1"),
      (["JSESSIONID=AAAA1111; Path=/server"], "JSESSIONID=AAAA1111"),
      (["SESSION=a=b=; HttpOnly"], "SESSION=a=b="),
      // RFC 6265: only the first item is the cookie, the others are its attributes.
      (["Path=/server; SESSION=CCCC"], nil),
      (["SESSION=; Path=/", "JSESSIONID=x"], "JSESSIONID=x"),
      (["SESSION=gone; Max-Age=0"], nil),
      (["SESSION=gone; Expires=Thu, 01 Jan 1970 00:00:10 GMT", "JSESSIONID=x"], "JSESSIONID=x"),
      (["session=x", "XSESSION=y", "SESSION"], nil),
      (["SESSION=a b"], nil),
      (["SESSION=a\u{1}b"], nil),
      ([], nil),
    ] as [([String], String?)])
  func choice(fields: [String], expected: String?) {
    let cookie = SessionCookie.chosen(from: fields, now: Self.now)
    #expect(cookie.map { "\($0.name)=\($0.value)" } == expected)
  }

  @Test func expiry() {
    func expiry(_ field: String) -> Int64? { SessionCookie.chosen(from: [field], now: Self.now)?.expiry }
    #expect(expiry("SESSION=a") == nil)
    #expect(expiry("SESSION=a; Max-Age=60") == Self.now + 60)
    #expect(expiry("SESSION=a; expires=Sat, 01 Jan 2050 00:00:00 GMT") == 2_524_608_000)
    #expect(expiry("SESSION=a; Expires=Sat, 01-Jan-2050 00:00:00 GMT") == 2_524_608_000)
    #expect(expiry("SESSION=a; Expires=Sat, 01 Jan 2050 00:00:00 GMT; Max-Age=60") == Self.now + 60)
    #expect(expiry("SESSION=a; Max-Age=60; Expires=Sat, 01 Jan 2050 00:00:00 GMT") == Self.now + 60)
    #expect(expiry("SESSION=a; Max-Age=9223372036854775807") == Self.now + (1 << 40))
    #expect(expiry("SESSION=a; Max-Age=soon") == nil)
  }

  @Test func aSessionEnds() throws {
    let origin = try #require(Origin(url: "https://example.org"))
    let session = Session(origin: origin, user: "jdoe", cookie: SessionCookie(name: "SESSION", value: "x", expiry: 100))
    #expect(!session.isOver(at: 99))
    #expect(session.isOver(at: 100))
    #expect(!Session(origin: origin, user: "jdoe", cookie: SessionCookie(name: "SESSION", value: "x")).isOver(at: .max))
  }

  @Test func nothingSecretInADescription() throws {
    let origin = try #require(Origin(url: "https://example.org"))
    let session = Session(origin: origin, user: "jdoe", cookie: SessionCookie(name: "SESSION", value: "s3cr3t"))
    let credentials = LoginCredentials(user: "jdoe", password: "s3cr3t")
    let connection = TAPConnection(
      baseURL: "https://example.org/tap", transport: CurlTransport(configuration: .init(userAgent: "webb/test")))
    let client = TAPPlusClient(connection: connection).loggedIn(session)
    for value in [session, [session], credentials, (credentials, 1), client, session.credential] as [Any] {
      var dumped = ""
      dump(value, to: &dumped)
      #expect(!(String(describing: value) + String(reflecting: value) + dumped).contains("s3cr3t"))
    }
    #expect("\(session)" == "session of jdoe at https://example.org:443")
    #expect("\(credentials)" == "credentials of jdoe")
  }

  @Test(arguments: [
    ("https://example.org/tap", true), ("http://example.org/tap", false), ("http://127.0.0.1:8080/tap", true),
    ("http://127.20.3.255/tap", true), ("http://[::1]:80/tap", true), ("http://LOCALHOST/tap", true),
    ("http://127.evil.example/tap", false), ("http://127.0.0.1.example.org/tap", false),
    ("http://localhost.example.org/tap", false), ("http://[::2]/tap", false), ("http://128.0.0.1/tap", false),
  ])
  func whereSecretsMayGo(url: String, expected: Bool) throws {
    #expect(try #require(Origin(url: url)).isSafeForSecrets == expected)
  }
}
