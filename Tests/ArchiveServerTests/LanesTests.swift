import Foundation
import Testing

@testable import ArchiveServer

@Suite struct LanesTests {
  @Test func slowRequestsHoldUpOnlyTheirLike() async {
    let passwords = WorkQueue(width: 1, lineLimit: 1)
    let lanes = Lanes([.usual: WorkQueue(width: 1, lineLimit: 1), .passwords: passwords])
    // On the queue's own thread.
    let gate = DispatchSemaphore(value: 0)
    #expect(passwords.submit { gate.wait() })
    #expect(passwords.submit {})
    let refused = await lanes.respond(in: .passwords) { .text(200, "late") }
    #expect(refused.status == 503)
    #expect(refused.header("Retry-After") == "5")
    #expect(await lanes.respond(in: .usual) { .text(200, "quick") }.status == 200)
    gate.signal()
  }

  @Test func aBudgetIsGivenBack() {
    let budget = ByteBudget(100)
    var share: ByteBudget.Share? = budget.share()
    #expect(share?.grow(by: 60) == true)
    #expect(share?.grow(by: 60) == false)
    let other = budget.share()
    #expect(other.grow(by: 40))
    #expect(!other.grow(by: 1))
    share = nil
    #expect(other.grow(by: 60))
  }
}
