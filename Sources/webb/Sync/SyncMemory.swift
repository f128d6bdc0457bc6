import ArgumentParser
import Mirroring
import SkyGeometry

/// What a directory remembers of earlier runs, joined with the options of this one.
struct SyncMemory {
  private let folder: String
  private let store: MirrorStore?
  private let isReadOnly: Bool

  init(folder: String, isReadOnly: Bool) throws {
    self.folder = folder
    self.isReadOnly = isReadOnly
    if isReadOnly {
      store = MirrorStore.exists(in: folder) ? try MirrorStore.open(in: folder) : nil
    } else {
      store = try MirrorStore.create(in: folder)
    }
  }

  /// The memory, where it may be written to.
  var writable: MirrorStore? { isReadOnly ? nil : store }

  /// The archive: the one that the options name, else the remembered one.
  func connection(_ given: ConnectionOptions, talk: TalkOptions) throws -> ConnectionOptions {
    var connection = given
    if let archive = given.archive, archive != "sample" { connection.archive = Environment.absolutePath(archive) }
    let known = try store?.words(of: .archive)
    if given.mastURL == nil, given.archive == nil {
      if let known {
        let remembered = try ConnectionOptions.parse(known)
        (connection.mastURL, connection.archive) = (remembered.mastURL, remembered.archive)
        return connection
      }
      connection.mastURL = Environment["WEBB_MAST_URL"] ?? "https://mast.stsci.edu"
    }
    let words = connection.archive.map { ["--archive", $0] } ?? ["--mast-url", connection.mastURL ?? ""]
    if let known, known != words {
      talk.say("Note: this directory followed \(known.last ?? ""), and follows \(words.last ?? "") from now on.")
    }
    try writable?.remember(words, of: .archive)
    return connection
  }

  /// Where files go: as at first.
  func layout(_ given: LayoutOptions) throws -> LayoutOptions {
    var options = given
    if let known = try store?.words(of: .layout) {
      guard given.words.isEmpty || given.words == known else {
        throw Failure.usage(
          "This directory is laid out \(known.isEmpty ? "in the usual way" : "by \(known.joined(separator: " "))"): leave the options of the layout out, or use another directory."
        )
      }
      options = try LayoutOptions.parse(known)
    } else {
      try writable?.remember(given.words, of: .layout)
    }
    options.outrootdir = folder
    return options
  }

  /// What to ask: what was asked before, and what is asked now.
  func questions(_ given: SyncQuestion, now: ModifiedJulianDate) throws -> [SyncQuestion] {
    var questions = try remembered()
    let new = given.anchored(now: now)
    if !given.words.isEmpty, !questions.contains(where: { $0.covers(new) }) { questions.append(new) }
    if questions.isEmpty {
      throw Failure.usage(
        "Nothing has been asked for this directory yet: say what it is to hold, for example with --propID 2731.")
    }
    return questions
  }

  private func remembered() throws -> [SyncQuestion] {
    let words = try store?.questions() ?? []
    do { return try words.map { try SyncQuestion.parse($0) } } catch {
      throw Failure(
        message:
          "The questions that this directory remembers cannot be read (\(SyncQuestion.message(for: error))): remove \(MirrorStore.fileName) in it and ask again; what is there is taken over."
      )
    }
  }
}
