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

  /// Waits for work, and cancels it when the client goes away.
  func value<Value: Sendable>(of work: Task<Value, Never>) async -> Value {
    let channel = channel
    let watch = try? await channel.eventLoop.submit {
      let watch = NIOLoopBound(ClientWatch { work.cancel() }, eventLoop: channel.eventLoop)
      try channel.pipeline.syncOperations.addHandler(watch.value, position: .first)
      return watch
    }.get()
    let value = await work.value
    if let watch {
      try? await channel.eventLoop.flatSubmit { channel.pipeline.syncOperations.removeHandler(watch.value) }.get()
    }
    return value
  }

  /// Sees the end of what a client sends: after a whole request that means that nobody reads the answer.
  private final class ClientWatch: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = Any

    private let onEnd: () -> Void

    init(_ onEnd: @escaping () -> Void) { self.onEnd = onEnd }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
      if event as? ChannelEvent == .inputClosed { onEnd() }
      context.fireUserInboundEventTriggered(event)
    }

    func channelInactive(context: ChannelHandlerContext) {
      onEnd()
      context.fireChannelInactive()
    }
  }
}
