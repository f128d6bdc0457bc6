internal import NIOCore

/// Sees the end of what a client sends: after a whole request that means that soon nobody reads the answer.
///
/// Each connection has one from its beginning, since NIO tells the end only once.
final class ClientWatch: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = Any

  private var hasEnded = false
  private var action: () -> Void = {}

  /// Sets what is done at the end, at once where that is past. A connection has one request at work, so the last one's action is enough.
  func onEnd(_ action: @escaping () -> Void) {
    if hasEnded { return action() }
    self.action = action
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if event as? ChannelEvent == .inputClosed { end() }
    context.fireUserInboundEventTriggered(event)
  }

  func channelInactive(context: ChannelHandlerContext) {
    end()
    context.fireChannelInactive()
  }

  private func end() {
    hasEnded = true
    action()
    action = {}
  }
}
