import Synchronization
import TAP

/// Tells how a job goes: its identifier once, so that it can be found again after an interruption, and each phase where more is wanted.
final class JobTalk: Sendable {
  private let isTold = Mutex(false)
  private let talk: TalkOptions

  init(_ talk: TalkOptions) { self.talk = talk }

  func show(_ id: String, _ phase: UWSPhase) {
    let isFirst = isTold.withLock { isTold in
      defer { isTold = true }
      return !isTold
    }
    if isFirst { talk.say("Job \(id) runs; webb tap results \(id) fetches its rows later too.") }
    talk.explain("Job \(id): \(phase)")
  }
}
