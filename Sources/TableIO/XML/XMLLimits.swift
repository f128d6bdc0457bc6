/// Bounds against hostile documents.
public struct XMLLimits: Sendable, Hashable {
  /// The most elements inside one another.
  public var depth = 256
  /// The most attributes of an element, name space declarations included.
  public var attributeCount = 256
  /// The most bytes of a name.
  public var nameLength = 4096
  /// The most bytes of one tag, comment, processing instruction or document type declaration.
  public var markupLength = 4 << 20
  /// The most bytes of an element's text that a caller collects; text as such may be of any length, as it is given in pieces.
  public var textLength = 64 << 20

  /// The usual bounds.
  public init() {}
}
