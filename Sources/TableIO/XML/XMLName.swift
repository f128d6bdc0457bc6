/// A name with its name space.
public struct XMLName: Sendable, Hashable {
  /// What stands before the colon; empty without one.
  public var prefix: String
  /// What stands after the colon.
  public var local: String
  /// The name space's address; empty for none.
  public var namespace: String

  /// The name as it stands in the document.
  public var qualified: String { prefix.isEmpty ? local : prefix + ":" + local }
}

/// An attribute of a start tag.
public struct XMLAttribute: Sendable, Hashable {
  /// Its name.
  public var name: XMLName
  /// Its value, references replaced.
  public var value: String
}

/// The open elements and the name spaces in force.
struct XMLElementStack {
  private var names: [XMLName] = []
  private var bytes: [UInt8] = []
  private var starts: [Int] = []
  private var bindings: [(prefix: String, namespace: String)] = [("xml", XMLElementStack.xml)]
  private var bindingCounts: [Int] = []

  static let xml = "http://www.w3.org/XML/1998/namespace"
  static let xmlns = "http://www.w3.org/2000/xmlns/"

  var count: Int { names.count }
  var isEmpty: Bool { names.isEmpty }
  var lastName: String { names.last?.qualified ?? "" }
  var lastNameLength: Int { bytes.count - (starts.last ?? 0) }

  func lastNameMatches(_ other: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    other.elementsEqual(bytes[(starts.last ?? 0)...])
  }

  /// Opens an element whose declarations have been made since ``beginElement()``.
  mutating func push(_ name: XMLName, bytes nameBytes: UnsafeBufferPointer<UInt8>) {
    names.append(name)
    starts.append(bytes.count)
    bytes.append(contentsOf: nameBytes)
  }

  mutating func beginElement() { bindingCounts.append(bindings.count) }

  mutating func declare(_ prefix: String, as namespace: String) { bindings.append((prefix, namespace)) }

  /// The name space of a prefix; `nil` when it is not declared.
  func namespace(of prefix: String) -> String? {
    bindings.last { $0.prefix == prefix }?.namespace ?? (prefix.isEmpty ? "" : nil)
  }

  /// Closes the innermost element.
  mutating func pop() -> XMLName {
    bytes.removeSubrange(starts.removeLast()...)
    bindings.removeSubrange(bindingCounts.removeLast()...)
    return names.removeLast()
  }
}
