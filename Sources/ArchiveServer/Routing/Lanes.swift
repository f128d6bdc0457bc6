/// The threads on which handlers work, which may block: for each lane so many that one slow kind of requests leaves the others free.
struct Lanes: Sendable {
  private let queues: [Routes.Traits.Lane: WorkQueue]

  init() {
    // Hashing a password takes a processor and 32 MB for a while, reading a table much more.
    queues = [
      .usual: WorkQueue(width: 16, lineLimit: 1000), .passwords: WorkQueue(width: 2, lineLimit: 30),
      .tables: WorkQueue(width: 2, lineLimit: 30),
    ]
  }

  init(_ queues: [Routes.Traits.Lane: WorkQueue]) { self.queues = queues }

  /// Makes an answer on a thread of a lane.
  func respond(in lane: Routes.Traits.Lane, _ handler: @escaping @Sendable () -> ServerResponse) async -> ServerResponse
  {
    await queues[lane]?.run(handler) ?? .isBusy
  }
}

extension ServerResponse {
  /// The server has too much to do.
  static let isBusy = ServerResponse.text(
    503, "The server is busy. Try again in a few seconds.", headers: [("Retry-After", "5")])
}
