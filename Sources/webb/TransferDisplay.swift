import Downloads
import Synchronization

/// The progress of transfers on standard error: a bar on a terminal, otherwise a line per finished file.
final class TransferDisplay: Sendable {
  private struct State {
    var progress: TransferProgress
    var lastShown: ContinuousClock.Instant?
  }

  private let state: Mutex<State>
  private let labels: [String: String]
  private let start = ContinuousClock.now
  private let talk: TalkOptions
  private let isTerminal = Console.isErrorTerminal

  init(_ items: [DownloadItem], talk: TalkOptions) {
    state = Mutex(State(progress: TransferProgress(items)))
    labels = Dictionary(items.map { ($0.id, $0.label) }) { first, _ in first }
    self.talk = talk
  }

  /// Takes an event and shows what it changes.
  func show(_ event: DownloadEvent) {
    let now = ContinuousClock.now
    state.withLock { state in
      state.progress.record(event, at: now - start)
      if talk.quiet { return }
      if case .retrying(let id, let attempt, let pause, let reason) = event, talk.verbose > 0 {
        line("Attempt \(attempt) at \(labels[id] ?? id) failed, next in \(pause): \(reason.message)")
      }
      if isTerminal {
        let isFinished = if case .finished = event { true } else { false }
        if let last = state.lastShown, now - last < .milliseconds(100), !isFinished { return }
        state.lastShown = now
        Console.write("\r\u{1B}[K" + Console.safe(bar(state.progress, at: now - start)), to: 2)
      } else if case .finished(let outcome) = event, case .downloaded(let bytes, _, let resumed) = outcome.result {
        let note = resumed > 0 ? ", resumed at \(ByteCount.text(resumed))" : ""
        line(
          "[\(state.progress.filesDone + state.progress.filesFailed)/\(state.progress.filesTotal)] \(outcome.item.label) (\(ByteCount.text(bytes))\(note))"
        )
      }
    }
  }

  /// Clears the bar.
  func finish() {
    if isTerminal && !talk.quiet { Console.write("\r\u{1B}[K", to: 2) }
  }

  private func line(_ text: String) {
    if isTerminal { Console.write("\r\u{1B}[K", to: 2) }
    Console.report(text)
  }

  private func bar(_ progress: TransferProgress, at time: Duration) -> String {
    let total = max(progress.bytesTotal, 1)
    let share = min(1, Double(progress.bytesDone) / Double(total))
    let width = 24
    let filled = Int(share * Double(width))
    var text = "[" + String(repeating: "#", count: filled) + String(repeating: ".", count: width - filled) + "] "
    text +=
      "\(progress.filesDone)/\(progress.filesTotal) files, \(ByteCount.text(progress.bytesDone)) of \(ByteCount.text(progress.bytesTotal))"
    if let rate = progress.rate(at: time) { text += ", \(ByteCount.text(Int64(rate)))/s" }
    if let left = progress.timeLeft(at: time) { text += ", \(left.components.seconds) s left" }
    if progress.filesFailed > 0 { text += ", \(progress.filesFailed) failed" }
    return text
  }
}
