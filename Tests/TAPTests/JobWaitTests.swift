import Testing

@testable import TAP

@Suite struct JobWaitTests {
  private func sight(_ phase: UWSPhase, wait: Bool? = nil, isFinished: Bool? = nil) -> JobWait.Sight {
    JobWait.Sight(phase: phase, isFinished: isFinished ?? phase.isFinished, supportsWait: wait)
  }

  @Test(arguments: [UWSPhase.completed, .error, .aborted, .archived])
  func finishedPhasesEnd(phase: UWSPhase) {
    var wait = JobWait(polling: JobPolling(), patience: nil)
    #expect(wait.event(sight(phase), elapsed: .zero, took: .zero) == .end)
  }

  @Test func pausesGrowToTheLongestAndStartAgain() {
    var polling = JobPolling()
    polling.longPoll = nil
    var wait = JobWait(polling: polling, patience: nil)
    var pauses: [Duration] = []
    for _ in 0..<8 {
      guard case .look(.phase, let pause) = wait.event(sight(.queued), elapsed: .zero, took: .zero) else {
        Issue.record("not a look at the phase")
        return
      }
      pauses.append(pause)
    }
    #expect(pauses.first == .milliseconds(500))
    #expect(pauses[1] == .milliseconds(750))
    #expect(pauses.last == .seconds(5))
    #expect(
      wait.event(sight(.executing), elapsed: .zero, took: .zero) == .look(.phase, after: .milliseconds(500)))
  }

  @Test func theDocumentTellsWhetherToLongPoll() {
    var wait = JobWait(polling: JobPolling(), patience: nil)
    #expect(
      wait.event(sight(.executing), elapsed: .zero, took: .zero) == .look(.document, after: .milliseconds(500)))
    #expect(
      wait.event(sight(.executing, wait: true), elapsed: .zero, took: .zero)
        == .look(.change(seconds: 60), after: .zero))
    // Held for its time: ask again at once. Answered at once without news: pause.
    #expect(
      wait.event(sight(.executing, wait: true), elapsed: .zero, took: .seconds(60))
        == .look(.change(seconds: 60), after: .zero))
    #expect(
      wait.event(sight(.executing, wait: true), elapsed: .zero, took: .zero)
        == .look(.change(seconds: 60), after: .milliseconds(750)))
  }

  @Test func withoutWaitThePhaseIsPolled() {
    var wait = JobWait(polling: JobPolling(), patience: nil)
    _ = wait.event(sight(.executing), elapsed: .zero, took: .zero)
    let action = wait.event(sight(.executing, wait: false), elapsed: .zero, took: .zero)
    #expect(action == .look(.phase, after: .milliseconds(750)))
  }

  @Test func thePatienceEnds() {
    var wait = JobWait(polling: JobPolling(), patience: .seconds(10))
    #expect(
      wait.event(sight(.executing, wait: true), elapsed: .milliseconds(9800), took: .zero)
        == .look(.change(seconds: 1), after: .zero))
    #expect(wait.event(sight(.executing, wait: true), elapsed: .seconds(10), took: .zero) == .giveUp)
    #expect(wait.event(sight(.completed, wait: true), elapsed: .seconds(11), took: .zero) == .end)
  }

  @Test func aPauseIsNoLongerThanThePatience() {
    var polling = JobPolling()
    polling.longPoll = nil
    var wait = JobWait(polling: polling, patience: .seconds(1))
    #expect(
      wait.event(sight(.queued), elapsed: .milliseconds(900), took: .zero)
        == .look(.phase, after: .milliseconds(100)))
  }

  @Test func aPendingJobIsStartedOnce() {
    var wait = JobWait(polling: JobPolling(), patience: nil)
    var runs = 0
    for _ in 0..<5 {
      if case .run = wait.event(sight(.pending, wait: false), elapsed: .zero, took: .zero) { runs += 1 }
    }
    #expect(runs == 1)
  }

  @Test func aHeldJobIsStartedAgainEachTime() {
    var wait = JobWait(polling: JobPolling(), patience: nil)
    for _ in 0..<3 {
      #expect(wait.event(sight(.held), elapsed: .zero, took: .zero) == .run(thenAfter: .seconds(5)))
    }
  }

  @Test(arguments: ["UNKNOWN", "DREAMING", ""])
  func aPhaseThatSaysNothingIsLookedInto(word: String) {
    let phase = UWSPhase(rawValue: word)
    #expect(!phase.isFinished && !phase.isActive)
    var wait = JobWait(polling: JobPolling(), patience: nil)
    #expect(wait.event(sight(phase), elapsed: .zero, took: .zero) == .look(.document, after: .zero))
    #expect(
      wait.event(sight(phase, wait: false), elapsed: .zero, took: .zero)
        == .look(.phase, after: .milliseconds(500)))
    #expect(wait.event(sight(phase, wait: false, isFinished: true), elapsed: .zero, took: .zero) == .end)
  }
}
