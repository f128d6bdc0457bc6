import Foundation
import Synchronization

/// Progress of counted work on standard error: a line that is redrawn on a terminal, otherwise a line every ten seconds.
final class CountProgress: Sendable {
  private let label: String
  private let total: Int
  private let isSilent: Bool
  private let isTerminal = Console.isErrorTerminal
  private let lastShown: Mutex<ContinuousClock.Instant>
  private let start = ContinuousClock.now

  init(label: String, total: Int, isSilent: Bool) {
    self.label = label
    self.total = total
    self.isSilent = isSilent
    lastShown = Mutex(start)
  }

  /// Shows how much is done; nothing for work that ends within a second.
  func show(_ done: Int, of total: Int? = nil) {
    let total = total ?? self.total
    let now = ContinuousClock.now
    let pause: Duration = isTerminal ? .milliseconds(200) : .seconds(10)
    guard !isSilent, now - start > .seconds(1) else { return }
    let isDue = lastShown.withLock { last in
      guard now - last > pause else { return false }
      last = now
      return true
    }
    guard isDue else { return }
    let percent = total > 0 ? " (\(done * 100 / total) %)" : ""
    let text = "\(label): \(done) of \(total)\(percent)"
    Console.write(isTerminal ? "\r\u{1B}[K\(text)" : text + "\n", to: 2)
  }

  /// Clears the line.
  func finish() {
    if !isSilent && isTerminal { Console.write("\r\u{1B}[K", to: 2) }
  }
}
