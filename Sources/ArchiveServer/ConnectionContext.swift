internal import Hummingbird
internal import NIOCore

/// What the server knows of the connection that a request came by.
struct ConnectionContext: RequestContext {
  var coreContext: CoreRequestContextStorage
  private let channel: any Channel

  init(source: ApplicationRequestContextSource) {
    coreContext = CoreRequestContextStorage(source: source)
    channel = source.channel
  }

  /// The number of the machine at the other end.
  var client: String? { channel.remoteAddress?.ipAddress }

  /// Does work that may take long, and cancels it when the client goes away.
  func whileConnected<Value: Sendable>(_ work: @escaping @Sendable () async -> Value) async -> Value {
    let channel = channel
    let task = Task { await work() }
    // Most work is quick: the connection is not asked about it, and who sends no more may still read its answer.
    let watch = Task {
      guard (try? await Task.sleep(for: .milliseconds(500))) != nil else { return }
      let isWatched: Void? = try? await channel.eventLoop.submit {
        try channel.pipeline.syncOperations.handler(type: ClientWatch.self).onEnd { task.cancel() }
      }.get()
      // A connection that is closed has no handlers any more.
      if isWatched == nil { task.cancel() }
    }
    defer { watch.cancel() }
    return await withTaskCancellationHandler {
      await task.value
    } onCancel: {
      task.cancel()
    }
  }
}
