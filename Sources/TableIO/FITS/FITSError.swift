internal import CCFITSIO

extension TableIOError {
  /// A failure that CFITSIO reports, with its own messages.
  init(fits status: CInt, _ action: String, kind: Kind = .malformed) {
    var name = [CChar](repeating: 0, count: Int(FLEN_STATUS) + 1)
    ffgerr(status, &name)
    var messages = [Self.text(name)]
    var message = [CChar](repeating: 0, count: Int(FLEN_ERRMSG) + 1)
    while messages.count < 5, ffgmsg(&message) != 0 { messages.append(Self.text(message)) }
    self.init(kind, "\(action) failed: \(messages.joined(separator: "; ")) (CFITSIO error \(status)).")
  }

  private static func text(_ characters: [CChar]) -> String {
    String(decoding: characters.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
