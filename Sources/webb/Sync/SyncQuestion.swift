import ArgumentParser
import SkyGeometry

/// What a directory is to hold: all that a search asks for and selects by.
struct SyncQuestion: ParsableArguments {
  @OptionGroup(title: "Search") var search: SearchOptions
  @OptionGroup(title: "Position") var position: PositionOptions
  @OptionGroup(title: "Products") var products: SelectionOptions

  /// The options that were given, as arguments that parse to the same question; empty when none was.
  var words: [String] { search.words + position.words + products.words }

  /// The same question with a first day in place of a look-back, as a directory remembers it: what was inside the window once
  /// stays inside, and what comes later comes in too.
  func anchored(now: ModifiedJulianDate) -> SyncQuestion {
    guard search.dateSelect.isEmpty else { return self }
    let isBounded = !search.propID.isEmpty || !position.words.isEmpty
    let days = search.lookbacktime ?? (isBounded ? 0 : 1)
    var question = self
    question.search.lookbacktime = days <= 0 && !isBounded ? 0 : nil
    if days > 0 { question.search.dateSelect = ["\(now.rawValue - days)+"] }
    return question
  }

  /// Whether it asks for all that another does: it is the same, or the same from an earlier day on.
  func covers(_ other: SyncQuestion) -> Bool {
    var question = self
    if let firstDay, let later = other.firstDay, firstDay <= later {
      question.search.dateSelect = other.search.dateSelect
    }
    return question.words == other.words
  }

  /// The day of an open beginning, MJD, where it is written as a number.
  private var firstDay: Double? {
    guard search.dateSelect.count == 1, let word = search.dateSelect.first, word.hasSuffix("+") else { return nil }
    return Double(word.dropLast())
  }
}
