import HTTPTransport
import TableIO
import TestSupport
import Testing

@testable import TAP

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

@Suite struct PlusSessionStoreTests {
  let scratch: ScratchFolder
  let store: SessionStore
  let origin: Origin

  init() throws {
    scratch = try ScratchFolder()
    store = SessionStore(folder: scratch.file("a/b/"))
    origin = try #require(Origin(url: "https://jwst.example.org/server/tap"))
  }

  func session(_ origin: Origin, value: String = "BBBB2222", expiry: Int64? = nil) -> Session {
    Session(origin: origin, user: "jdoe", cookie: SessionCookie(name: "SESSION", value: value, expiry: expiry))
  }

  func mode(_ path: String) -> mode_t {
    var status = stat()
    return stat(path, &status) == 0 ? status.st_mode & 0o777 : 0
  }

  @Test func keepsAndForgets() throws {
    #expect(try store.session(for: origin, now: 0) == nil)
    try store.forget(origin)
    let kept = session(origin, expiry: 1000)
    try store.keep(kept)
    #expect(try store.session(for: origin, now: 999) == kept)
    #expect(try SessionStore(folder: scratch.file("a/b")).session(for: origin, now: 0) == kept)
    #expect(try store.session(for: origin, now: 1000) == nil)
    try store.keep(session(origin, value: "new"))
    #expect(try store.session(for: origin, now: .max) == session(origin, value: "new"))
    try store.forget(origin)
    #expect(try store.session(for: origin, now: 0) == nil)
  }

  @Test func theFileIsTheOwnersOnly() throws {
    try store.keep(session(origin))
    #expect(mode(scratch.file("a/b/jwst.example.org_443.json")) == 0o600)
    #expect(mode(scratch.file("a/b")) == 0o700)
    // Nothing is left of the file's making.
    #expect(try ScratchNames.of(scratch.file("a/b")) == ["jwst.example.org_443.json"])
  }

  @Test(arguments: [0o640, 0o604, 0o620, 0o601] as [mode_t])
  func aFileThatOthersMayReadIsRefused(mode: mode_t) throws {
    try store.keep(session(origin))
    chmod(store.path(for: origin), mode)
    let error = try #require(throws: TAPError.self) { try store.session(for: origin, now: 0) }
    #expect(error.kind == .credentials)
    #expect(error.message.contains("chmod 600"))
    #expect(!"\(error)".contains("BBBB2222"))
  }

  @Test func eachServiceHasItsOwn() throws {
    let others = try ["https://jwst.example.org:8443", "https://gea.example.org", "http://[::1]:8080"].map {
      try #require(Origin(url: $0))
    }
    for (index, other) in others.enumerated() { try store.keep(session(other, value: "v\(index)")) }
    #expect(try store.session(for: origin, now: 0) == nil)
    for (index, other) in others.enumerated() {
      #expect(try store.session(for: other, now: 0) == session(other, value: "v\(index)"))
    }
    // The same host and port, but not encrypted.
    let plain = try #require(Origin(url: "http://gea.example.org:443"))
    #expect(try store.session(for: plain, now: 0) == nil)
  }

  @Test(arguments: [
    "", "{", "[]", "{\"origin\":\"https://jwst.example.org:443\"}", String(repeating: " ", count: 70_000),
  ])
  func aFileThatHoldsNoLoginIsAnError(text: String) throws {
    try store.keep(session(origin))
    try scratch.write("a/b/jwst.example.org_443.json", text.utf8)
    chmod(store.path(for: origin), 0o600)
    let error = try #require(throws: TAPError.self) { try store.session(for: origin, now: 0) }
    #expect(error.kind == .credentials)
  }

  @Test func aFolderInPlaceOfTheFileIsAnError() throws {
    mkdir(scratch.file("a"), 0o700)
    mkdir(scratch.file("a/b"), 0o700)
    mkdir(store.path(for: origin), 0o700)
    #expect(throws: TAPError.self) { try store.session(for: origin, now: 0) }
    #expect(throws: TAPError.self) { try store.keep(session(origin)) }
    #expect(try ScratchNames.of(scratch.file("a/b")) == ["jwst.example.org_443.json"])
  }

  @Test func aPipeDoesNotHoldUp() throws {
    try PrivateFile.makeFolder(scratch.file("a/b"))
    mkfifo(store.path(for: origin), 0o600)
    #expect(throws: TAPError.self) { try store.session(for: origin, now: 0) }
  }
}

@Suite struct PlusLoginCredentialsTests {
  let scratch: ScratchFolder

  init() throws { scratch = try ScratchFolder() }

  func reading(_ text: String, mode: mode_t = 0o600) throws -> (LoginCredentials, [String]) {
    try scratch.write("cred.txt", text.utf8)
    chmod(scratch.file("cred.txt"), mode)
    let result = try LoginCredentials.reading(file: scratch.file("cred.txt"))
    return (result.credentials, result.warnings.map(\.message))
  }

  @Test(arguments: [
    ("  jdoe \nse cret \nthird\n", "jdoe", "se cret"), ("jdoe\r\npass\r\n", "jdoe", "pass"), ("é\npä", "é", "pä"),
  ])
  func lines(text: String, user: String, password: String) throws {
    let (credentials, warnings) = try reading(text)
    #expect(credentials == LoginCredentials(user: user, password: password))
    #expect(warnings.isEmpty)
  }

  @Test(arguments: ["jdoe\n", "jdoe", "jdoe\n\nsecret", "jdoe\n  \n"])
  func aMissingPasswordIsAnError(text: String) throws {
    let error = try #require(throws: TAPError.self) { try reading(text) }
    #expect(error.kind == .credentials)
    #expect(error.message.contains("no password"))
    #expect(!error.message.contains("secret"))
  }

  @Test(arguments: ["", "\nsecret\n", "  \nsecret"])
  func aMissingUserIsAnError(text: String) throws {
    let error = try #require(throws: TAPError.self) { try reading(text) }
    #expect(error.message.contains("first line"))
    #expect(!error.message.contains("secret"))
  }

  @Test func aMissingFileIsAnError() throws {
    let error = try #require(throws: TAPError.self) { try LoginCredentials.reading(file: scratch.file("nope.txt")) }
    #expect(error.kind == .credentials)
    #expect(error.message.contains("nope.txt"))
  }

  @Test func othersWhoMayReadItAreAWarning() throws {
    let (credentials, warnings) = try reading("jdoe\nsecret\n", mode: 0o644)
    #expect(credentials == LoginCredentials(user: "jdoe", password: "secret"))
    #expect(warnings.count == 1)
    #expect(warnings.first?.contains("chmod 600") == true)
  }
}

enum ScratchNames {
  /// The names in a folder.
  static func of(_ path: String) throws -> [String] {
    let folder = try #require(opendir(path))
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }
}
