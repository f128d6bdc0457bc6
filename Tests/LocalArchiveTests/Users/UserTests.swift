import GRDB
import SkyGeometry
import TableIO
import Testing

@testable import LocalArchive

@Suite struct UserTests {
  private let folder = ArchiveFolder()
  private let store: ArchiveStore
  private let salt = [UInt8](1...16)
  private let cheap = PasswordHash.Cost(logRounds: 4, blockSize: 1, lanes: 1)
  private let now = ModifiedJulianDate(rawValue: 61000)

  init() throws { store = try ArchiveStore.create(at: folder.path) }

  /// RFC 7914, section 12: the third vector, which has the costs of a real password.
  @Test func hashesAreScrypt() throws {
    let cost = PasswordHash.Cost(logRounds: 10, blockSize: 8, lanes: 16)
    let hash = try PasswordHash("password", salt: Array("NaCl".utf8), cost: cost)
    #expect(hash.text == "$scrypt$ln=10,r=8,p=16$TmFDbA==$/bq+HJ00cgB4VucZDQHp/nxq18vII3gw53N2Y0s3MWI=")
    #expect(PasswordHash(text: hash.text) == hash)
    #expect(try hash.matches("password"))
    #expect(try !hash.matches("Password"))
    #expect(try !hash.matches(""))
  }

  /// Archives have hashes of the time when one lane was usual.
  @Test func oldHashesStayGood() throws {
    let old = try PasswordHash(
      "correct horse", salt: [UInt8](1...16), cost: PasswordHash.Cost(logRounds: 15, blockSize: 8, lanes: 1))
    let read = try #require(PasswordHash(text: old.text))
    #expect(try read.matches("correct horse"))
    #expect(try !read.matches("correct house"))
    #expect(try PasswordHash("correct horse", salt: [UInt8](1...16)).text.hasPrefix("$scrypt$ln=15,r=8,p=3$"))
  }

  @Test(arguments: [
    "", "secret", "$scrypt$ln=4,r=1,p=1$AAAA$AAAA",
    "$scrypt$ln=40,r=8,p=1$AAAA$" + String(repeating: "A", count: 43) + "=",
    "$scrypt$r=1,ln=4,p=1$AAAA$" + String(repeating: "A", count: 43) + "=", "$md5$x$y$z", "$scrypt$ln=4,r=1$a$b",
    "$scrypt$ln=17,r=32,p=16$AAAA$" + String(repeating: "A", count: 43) + "=",
  ])
  func otherTextsAreNoHashes(text: String) { #expect(PasswordHash(text: text) == nil) }

  @Test func aUserLogsInWithThePasswordOnly() throws {
    try store.add(
      ArchiveUser(name: "jdoe", displayName: "John Doe", programs: [2731, 1410]), password: "correct horse", salt: salt,
      cost: cheap)
    let user = try #require(try store.user(named: "jdoe", password: "correct horse"))
    #expect(user.displayName == "John Doe")
    #expect(user.programs == [1410, 2731])
    for wrong in ["correct hors", "correct horse ", "", "CORRECT HORSE", String(repeating: "x", count: 100_000)] {
      #expect(try store.user(named: "jdoe", password: wrong) == nil)
    }
    for name in ["JDOE", "jdoe ", "nobody", "", "jdoe' OR 1=1 --", "jdoe\u{0}", "jdoe\u{0}x"] {
      #expect(try store.user(named: name, password: "correct horse") == nil)
    }
  }

  @Test func passwordsAreNotKept() throws {
    try store.add(ArchiveUser(name: "jdoe"), password: "correct horse", salt: salt, cost: cheap)
    let kept = try #require(try store.read { try String.fetchOne($0, sql: "SELECT password FROM users") })
    #expect(kept.hasPrefix("$scrypt$") && !kept.contains("correct horse"))
    try store.close()
    let files = ["webb.sqlite", "webb.sqlite-wal"].compactMap { try? folder.bytes(of: $0) }
    #expect(!files.isEmpty)
    #expect(files.allSatisfy { !$0.contains("correct horse".utf8) })
  }

  @Test(arguments: [
    "", "Jdoe", "1doe", "j.doe", "j doe", "j\"doe", "j;doe", "jöe", "a:b", "a,b", String(repeating: "a", count: 33),
  ])
  func namesThatCouldNotStandInTableNamesAreRefused(name: String) {
    let error = #expect(throws: LocalArchiveError.self) {
      try store.add(ArchiveUser(name: name), password: "correct horse", salt: salt, cost: cheap)
    }
    #expect(error?.kind == .invalidName)
  }

  @Test func weakPasswordsAndShortSaltsAreRefused() {
    for (password, salt) in [
      ("seven77", salt), (String(repeating: "x", count: 1025), salt), ("correct horse", [1, 2]),
    ] {
      let error = #expect(throws: LocalArchiveError.self) {
        try store.add(ArchiveUser(name: "jdoe"), password: password, salt: salt, cost: cheap)
      }
      #expect(error?.kind == .unsuitableValue)
      #expect(error?.description.contains(password) == false)
    }
  }

  @Test func aNameIsGivenOnce() throws {
    try store.add(ArchiveUser(name: "jdoe"), password: "correct horse", salt: salt, cost: cheap)
    let error = #expect(throws: LocalArchiveError.self) {
      try store.add(ArchiveUser(name: "jdoe"), password: "another one", salt: salt, cost: cheap)
    }
    #expect(error?.kind == .alreadyExists)
    #expect(try store.user(named: "jdoe", password: "correct horse") != nil)
  }

  @Test func sessionsEndByTimeByLogoutAndWithThePassword() throws {
    try store.add(ArchiveUser(name: "jdoe"), password: "correct horse", salt: salt, cost: cheap)
    let secrets = (0..<3).map { "secret-of-session-number-\($0)" }
    for secret in secrets { try store.beginSession(secret, user: "jdoe", now: now, seconds: 3600) }
    #expect(try store.session(secrets[0], now: now)?.user.name == "jdoe")
    #expect(try store.session(secrets[0], now: ModifiedJulianDate(rawValue: 61000 + 3601.0 / 86400)) == nil)
    #expect(try store.session("secret-of-session-number-9", now: now) == nil)
    #expect(try store.session("", now: now) == nil)
    try store.endSession(secrets[0])
    #expect(try store.session(secrets[0], now: now) == nil)
    #expect(try store.session(secrets[1], now: now) != nil)
    try store.setPassword("correct donkey", of: "jdoe", salt: salt)
    #expect(try store.session(secrets[1], now: now) == nil)
    #expect(try store.user(named: "jdoe", password: "correct horse") == nil)
    #expect(try store.user(named: "jdoe", password: "correct donkey") != nil)
  }

  @Test func aSessionsSecretIsNotKeptAndNobodyElsesSessionBegins() throws {
    let error = #expect(throws: LocalArchiveError.self) {
      try store.beginSession("secret-of-session-number-1", user: "nobody", now: now, seconds: 60)
    }
    #expect(error?.kind == .unknownItem)
    try store.add(ArchiveUser(name: "jdoe"), password: "correct horse", salt: salt, cost: cheap)
    try store.beginSession("secret-of-session-number-1", user: "jdoe", now: now, seconds: 60)
    try store.setToken("pi-token", ofSession: "secret-of-session-number-1")
    #expect(
      try store.session("secret-of-session-number-1", now: now)?.tokenDigest == AccessTokens.digest(of: "pi-token"))
    try store.close()
    let files = ["webb.sqlite", "webb.sqlite-wal"].compactMap { try? folder.bytes(of: $0) }
    #expect(files.allSatisfy { !$0.contains("secret-of-session-number-1".utf8) && !$0.contains("pi-token".utf8) })
  }

  @Test func oldSessionsGoWhenThereAreMany() throws {
    try store.add(ArchiveUser(name: "jdoe"), password: "correct horse", salt: salt, cost: cheap)
    for number in 0...ArchiveStore.sessionLimit {
      try store.beginSession(
        "secret-of-session-number-\(number)", user: "jdoe",
        now: ModifiedJulianDate(rawValue: 61000 + Double(number) * 1e-6),
        seconds: 86400)
    }
    #expect(try store.session("secret-of-session-number-0", now: now) == nil)
    #expect(try store.session("secret-of-session-number-1", now: now) != nil)
    #expect(try store.session("secret-of-session-number-\(ArchiveStore.sessionLimit)", now: now) != nil)
  }

  @Test func aUserGoesWithAllThatIsTheUsers() throws {
    try store.add(ArchiveUser(name: "jdoe"), password: "correct horse", salt: salt, cost: cheap)
    try store.beginSession("secret-of-session-number-1", user: "jdoe", now: now, seconds: 60)
    try store.addGroup("team", description: "", of: "jdoe")
    _ = try store.addUserTable("t", of: "jdoe", columns: [.init("a", .int)]) { nil }
    try store.removeUser("jdoe")
    #expect(try store.users().isEmpty)
    #expect(try store.session("secret-of-session-number-1", now: now) == nil)
    #expect(try store.read { try $0.tableExists("user_jdoe.t") } == false)
    let error = #expect(throws: LocalArchiveError.self) { try store.removeUser("jdoe") }
    #expect(error?.kind == .unknownItem)
  }
}
