import ArgumentParser
import ESAArchive
import TAP
import TableIO

struct TAPService: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "service", abstract: "Tell what a service offers: versions, languages, formats, uploads, limits.",
    discussion: "  webb tap service --url http://dc.g-vo.org/tap")

  @OptionGroup(title: "Service") var service: TAPServiceOptions
  @OptionGroup(title: "Output") var output: TableOutputOptions
  @OptionGroup(title: "Output") var talk: TalkOptions

  func run() async throws {
    let (capabilities, availability) = try await service.withArchive(talk: talk) {
      // A service may tell what it can do without telling whether it is up.
      (try await $0.tap.capabilities(), try? await $0.tap.availability())
    }
    var table = Table(columns: [.text("feature"), .text("value")], name: "service")
    func add(_ feature: String, _ value: String?) throws {
      if let value, !value.isEmpty { try table.append(row: [feature, value]) }
    }
    try add("address", service.address())
    try add("available", availability.map { $0.isAvailable ? "yes" : "no" })
    for note in availability?.notes ?? [] { try add("note", note) }
    try add("TAP version", capabilities.version)
    for language in capabilities.languages {
      try add("language", ([language.name] + language.versions).joined(separator: " "))
    }
    for format in capabilities.outputFormats {
      try add("format", ([format.mediaType] + format.aliases).joined(separator: ", "))
    }
    try add(
      "uploads", capabilities.uploadMethods.map { String($0.split(separator: "#").last ?? "") }.joined(separator: ", "))
    for (name, limit) in [
      ("rows", capabilities.output), ("upload", capabilities.upload), ("job duration", capabilities.executionDuration),
      ("job retention", capabilities.retention),
    ] {
      let words = [limit?.usual.map { "usually \($0)" }, limit?.hard.map { "at most \($0)" }].compactMap(\.self)
      try add(
        "limit of \(name)", words.isEmpty ? nil : words.joined(separator: ", ") + (limit?.unit.map { " " + $0 } ?? ""))
    }
    for model in capabilities.dataModels { try add("data model", model) }
    for function in capabilities.functions { try add("function", function.form) }
    try ResultOutput(output: output, talk: talk).write(table)
  }
}

struct TAPExamples: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "examples", abstract: "List the example queries of a service.",
    discussion: "  webb tap examples --url http://dc.g-vo.org/tap")

  @OptionGroup(title: "Service") var service: TAPServiceOptions
  @OptionGroup(title: "Output") var output: TableOutputOptions
  @OptionGroup(title: "Output") var talk: TalkOptions

  func run() async throws {
    let examples = try await service.withArchive(talk: talk) { try await $0.tap.examples() }
    var table = Table(columns: [.text("name"), .text("query")], name: "examples")
    for example in examples { try table.append(row: [example.name, example.query]) }
    try ResultOutput(output: output, talk: talk).write(table)
  }
}
