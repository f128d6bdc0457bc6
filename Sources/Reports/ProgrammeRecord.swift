/// All that is known of a programme's files. It is kept beside the page, so that a later selection adds to the page and takes nothing away.
public struct ProgrammeRecord: Codable, Sendable, Equatable {
  /// Programme number, five digits.
  public var program: String
  /// Title of the programme.
  public var title: String?
  /// Principal investigator.
  public var investigator: String?
  /// Its files, by name.
  public private(set) var files: [PageFile]

  /// Describes a programme; of files with one name the last one counts.
  public init(program: String, title: String? = nil, investigator: String? = nil, files: [PageFile] = []) {
    self.program = program
    self.title = title
    self.investigator = investigator
    self.files = []
    add(files)
  }

  /// Takes over what a later selection knows; files that it does not name stay.
  public mutating func merge(_ later: ProgrammeRecord) {
    title = later.title ?? title
    investigator = later.investigator ?? investigator
    add(later.files)
  }

  /// Notes which files are there.
  /// - Parameter isPresent: told a file's path from the folder of the page.
  public mutating func check(_ isPresent: (_ path: String) -> Bool) {
    for index in files.indices { files[index].isPresent = isPresent(files[index].path) }
  }

  /// Changes each file's entry.
  mutating func update(_ change: (inout PageFile) -> Void) {
    for index in files.indices { change(&files[index]) }
  }

  private mutating func add(_ later: [PageFile]) {
    var byName = Dictionary(files.map { ($0.name, $0) }, uniquingKeysWith: { $1 })
    for file in later {
      var file = file
      // What was once read from the file itself is not forgotten when a selection comes without it.
      if let known = byName[file.name] {
        file.keywords = known.keywords.merging(file.keywords) { $1 }
        file.thumbnail = file.thumbnail ?? known.thumbnail
      }
      byName[file.name] = file
    }
    files = byName.values.sorted {
      ($0.obsnum ?? .max, $0.observation, $0.level ?? 0, $0.name) < (
        $1.obsnum ?? .max, $1.observation, $1.level ?? 0, $1.name
      )
    }
  }
}
