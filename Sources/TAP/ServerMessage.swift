public import HTTPTransport

/// What a service says about a failure, whatever it wraps it in: an error VOTable, a web page, a job document or plain text,
/// in any encoding, plain or gzip.
///
/// The text is for people: markup is gone, references are characters, blanks are single, control characters are left out.
public struct ServerMessage: Sendable, Hashable, CustomStringConvertible {
  /// What the service says; empty when it says nothing.
  public var text: String

  /// The longest message, characters.
  static let longest = 4000

  /// Reads the body of an answer, also one that was cut.
  public init(_ response: HTTPResponse) {
    self.init(bytes: response.body, contentType: response.headers["Content-Type"])
  }

  /// Reads a document.
  /// - Parameters:
  ///   - bytes: the document, plain or gzip.
  ///   - contentType: its declared type, for the encoding; `nil` when there is none.
  public init(bytes: [UInt8], contentType: String?) {
    let document = MessageText.decode(bytes, contentType: contentType)
    let raw =
      MessageText.queryStatus(document) ?? MessageText.jobMessage(document) ?? MessageText.page(document) ?? document
    text = MessageText.clean(raw)
  }

  /// A short text of a service, made fit for a message.
  static func cleaned(_ text: String) -> String { MessageText.clean(text) }

  /// The same as ``text``.
  public var description: String { text }
}
