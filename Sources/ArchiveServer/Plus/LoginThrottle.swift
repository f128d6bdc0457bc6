/// Slows down who guesses passwords: after some failures in a row, each further attempt for the same name from the same place has to wait
/// twice as long. Others' failures keep nobody out.
///
/// An attempt counts as failed until it has succeeded, so that attempts side by side gain nothing.
struct LoginThrottle: Sendable {
  private struct Record {
    var count = 0
    /// Seconds on the caller's clock.
    var last: Double
  }

  /// Whose attempts are counted together.
  struct Key: Sendable, Hashable {
    /// The name to log in with; one that a user may have.
    var name: String
    /// The client's net; empty when it is not known.
    var client = ""
  }

  private var records: [Key: Record] = [:]

  /// Failures that cost nothing.
  static let freeCount = 8
  /// The longest wait, seconds.
  static let longestWait = 300.0
  /// Failures are forgotten after so many seconds without another.
  static let memory = 3600.0
  /// The most names and places that are remembered; the oldest go.
  static let nameLimit = 10_000

  /// Notes an attempt.
  /// - Parameters:
  ///   - name: the name it is for, and where it comes from.
  ///   - now: the time, seconds.
  /// - Returns: the seconds to wait, when it comes too early; it is not noted then. `nil` lets it go ahead.
  mutating func attempt(_ name: Key, now: Double) -> Double? {
    var record = records[name] ?? Record(last: now)
    if now - record.last > Self.memory || now < record.last { record = Record(last: now) }
    if record.count >= Self.freeCount {
      let wait = min(Self.longestWait, Double(1 << min(record.count - Self.freeCount, 20)))
      if now < record.last + wait { return record.last + wait - now }
    }
    record.count += 1
    record.last = now
    records[name] = record
    if records.count > Self.nameLimit { forgetOldest() }
    return nil
  }

  /// Forgets the failures of a name.
  mutating func succeeded(_ name: Key) { records[name] = nil }

  private mutating func forgetOldest() {
    let oldest = records.sorted { $0.value.last < $1.value.last }.prefix(Self.nameLimit / 10)
    for (name, _) in oldest { records[name] = nil }
  }
}
