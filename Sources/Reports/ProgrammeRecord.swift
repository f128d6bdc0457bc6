/// All that is known of a programme's files. It is kept beside the page, so that a later selection adds to the page and takes nothing away.
public struct ProgrammeRecord: Codable, Sendable, Equatable {
  /// Programme number, five digits.
  public var program: String
  /// Title of the programme.
  public var title: String?
  /// Principal investigator.
  public var investigator: String?
  /// Its files, ordered by observation number, observation, calibration level and name.
  public private(set) var files: [PageFile]

  /// Describes a programme; of files with one name the last one counts.
  /// - Parameters:
  ///   - program: programme number, five digits.
  ///   - title: its title.
  ///   - investigator: its principal investigator.
  ///   - files: its files.
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

  /// Adds those files of which nothing is known yet.
  public mutating func complete(with others: [PageFile]) {
    let known = Set(files.map(\.name))
    add(others.filter { !known.contains($0.name) })
  }

  /// Notes which files are there.
  /// - Parameter sizeOnDisk: told a file's path from the folder of the page, the bytes of the regular file there.
  public mutating func check(_ sizeOnDisk: (_ path: String) -> Int64?) {
    for index in files.indices { files[index].sizeOnDisk = sizeOnDisk(files[index].path) }
  }

  /// Changes each file's entry.
  /// - Parameter change: told the entry and how many came before it; `false` ends the round.
  mutating func update(_ change: (inout PageFile, Int) -> Bool) {
    for index in files.indices {
      guard change(&files[index], index) else { return }
    }
  }

  private mutating func add(_ later: [PageFile]) {
    var byName = Dictionary(files.map { ($0.name, $0) }, uniquingKeysWith: { $1 })
    for var file in later {
      // What was once read from the file itself is not forgotten when a selection comes without it.
      if let known = byName[file.name] {
        file.keywords = known.keywords.merging(file.keywords) { $1 }
        file.thumbnail = file.thumbnail ?? known.thumbnail
        file.examined = file.examined ?? known.examined
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
