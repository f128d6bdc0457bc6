import Foundation
import TableIO
import TestSupport
import Testing

/// The commands that keep the users of an archive, as processes.
@Suite struct ArchiveUserTests {
  private let folder: ScratchFolder
  private let password = "correct horse"

  init() throws {
    folder = try ScratchFolder()
    try folder.write("rows.csv", "obs_id,obsid,obs_collection\njw09000001001_02101_00001_nrca1,1,JWST\n".utf8)
    let made = try WebbProcess([
      "archive", "import", "--archive", folder.file("archive"), "mast-observations", folder.file("rows.csv"),
    ]).run()
    #expect(made.status == 0, "\(made.errors)")
  }

  private func user(_ arguments: [String], input: String = "") throws -> WebbProcess.Result {
    try WebbProcess(["archive", "user"] + arguments + ["--archive", folder.file("archive")], input: input).run()
  }

  @Test func usersAreAddedListedAndRemoved() throws {
    let added = try user(
      ["add", "jdoe", "--display-name", "John Doe", "--program", "2731", "--program", "1410", "--quota", "5"],
      input: password + "\n")
    #expect(added.status == 0, "\(added.errors)")
    #expect(!(added.output + added.errors).contains(password))
    let list = try user(["list", "--format", "csv"])
    #expect(list.output == "name,display_name,programs,tables,table_bytes,quota\njdoe,John Doe,1410 2731,0,0,5000000\n")
    let again = try user(["add", "jdoe"], input: password + "\n")
    #expect(again.status == 2)
    #expect(try user(["password", "jdoe"], input: "another one\n").status == 0)
    #expect(try user(["password", "nobody"], input: "another one\n").status == 2)
    #expect(try user(["remove", "jdoe"]).status == 0)
    #expect(try user(["remove", "jdoe"]).status == 2)
    #expect(try user(["list", "--format", "csv"]).output == "name,display_name,programs,tables,table_bytes,quota\n")
  }

  @Test(arguments: [("add j.doe", "correct horse\n"), ("add jdoe", "short\n"), ("add jdoe", ""), ("add", "")])
  func whatCannotBeIsRefused(arguments: String, input: String) throws {
    let result = try user(arguments.split(separator: " ").map(String.init), input: input)
    #expect(result.status == 2)
    #expect(try user(["list", "--format", "csv"]).output.split(separator: "\n").count == 1)
  }

  @Test func atATerminalThePasswordIsNotShown() throws {
    let terminal = try PseudoTerminal()
    let process = try ChildProcess(
      WebbProcess.executable.path, ["archive", "user", "add", "jdoe", "--archive", folder.file("archive")],
      environment: ProcessInfo.processInfo.environment, input: terminal.programEnd, output: terminal.programEnd,
      errors: terminal.programEnd)
    for question in ["New password for jdoe: ", "The same again: "] {
      try #require(terminal.wait(for: question))
      terminal.type(password)
    }
    #expect(process.wait() == 0)
    #expect(!terminal.screen.contains(password))
  }

  @Test func noticesAreShownByTheServedArchive() throws {
    let archive = ["--archive", folder.file("archive")]
    #expect(
      try WebbProcess(["archive", "notice", "add", "Down on Monday", "--type", "warning"] + archive).run().status == 0)
    let list = try WebbProcess(["archive", "notice", "list", "--format", "csv"] + archive).run()
    #expect(list.output == "id,type,text\n1,warning,Down on Monday\n")
    let serving = try WebbProcess(["archive", "serve"] + archive).start()
    let line = try serving.line(beginning: "Serving ")
    let url = String(try #require(line.split(separator: " ").last).dropLast())
    let status = try WebbProcess(["esa", "status", "--url", url + "/server/tap"]).run()
    #expect(status.output.contains("Down on Monday"), "\(status.errors)")
    serving.send(signal: SIGTERM)
    _ = serving.wait()
    #expect(try WebbProcess(["archive", "notice", "remove", "1"] + archive).run().status == 0)
    #expect(try WebbProcess(["archive", "notice", "remove", "1"] + archive).run().status == 2)
  }

  @Test func aUserWorksOnTheServedArchive() throws {
    #expect(try user(["add", "jdoe"], input: password + "\n").status == 0)
    #expect(try user(["add", "mroe"], input: password + "\n").status == 0)
    let serving = try WebbProcess(["archive", "serve", "--archive", folder.file("archive")]).start()
    let line = try serving.line(beginning: "Serving ")
    let url = String(try #require(line.split(separator: " ").last).dropLast()) + "/server/tap"
    try folder.write("stars.csv", "name,ra,dec,mag\na,10.5,-2,21.5\nb,11,-3,\n".utf8)
    try folder.write("jdoe.txt", "jdoe\n\(password)\n".utf8)
    try folder.write("mroe.txt", "mroe\n\(password)\n".utf8)
    func webb(_ arguments: [String], home: String) throws -> WebbProcess.Result {
      try WebbProcess(arguments + ["--url", url], environment: ["WEBB_SESSIONS": folder.file(home)]).run()
    }
    for name in ["jdoe", "mroe"] {
      let login = try webb(["esa", "login", "--credentials-file", folder.file("\(name).txt")], home: name)
      #expect(login.status == 0, "\(login.errors)")
    }
    let upload = try webb(["tap", "upload", folder.file("stars.csv"), "--name", "stars"], home: "jdoe")
    #expect(upload.status == 0, "\(upload.errors)")
    let query = ["tap", "query", "SELECT name, ra, mag FROM user_jdoe.stars WHERE ra > 10.9", "--format", "csv"]
    #expect(try webb(query, home: "jdoe").output == "name,ra,mag\nb,11.0,\n")
    #expect(try webb(query, home: "mroe").status != 0)
    #expect(try webb(["tap", "group", "create", "team"], home: "jdoe").status == 0)
    #expect(try webb(["tap", "group", "add-user", "team", "mroe"], home: "jdoe").status == 0)
    let share = try webb(["tap", "share", "user_jdoe.stars", "--group", "team"], home: "jdoe")
    #expect(share.status == 0, "\(share.errors)")
    #expect(try webb(query, home: "mroe").output == "name,ra,mag\nb,11.0,\n")
    serving.send(signal: SIGTERM)
    let ended = serving.wait()
    #expect(!ended.errors.contains(password))
    #expect(try user(["remove", "jdoe"]).status == 2)
    #expect(try user(["remove", "jdoe", "--with-tables"]).status == 0)
  }
}
