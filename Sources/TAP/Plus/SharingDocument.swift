import TableIO

/// Reads the service's lists of groups and of shared items.
///
/// Elements are told by their names alone, in any name space; what is not known is passed over.
struct SharingDocument {
  private static let entryLimit = 100_000
  private static let textLimit = 1 << 20

  /// Reads a list of groups.
  static func groups(in bytes: [UInt8]) throws(TAPError) -> [Group] {
    var groups: [Group] = []
    try read(bytes, entries: "sharedGroup") { event in
      switch event {
      case .start("sharedGroup", let attributes):
        groups.append(Group(id: attributes("id"), owner: attributes("owner"), title: ""))
      case .start("user", let attributes) where !groups.isEmpty:
        groups[groups.count - 1].members.append(GroupMember(id: attributes("id"), name: attributes("name")))
      case .text("title", let text) where !groups.isEmpty: groups[groups.count - 1].title = text
      case .text("description", let text) where !groups.isEmpty: groups[groups.count - 1].description = text
      default: break
      }
    }
    return groups
  }

  /// Reads a list of shared items.
  static func items(in bytes: [UInt8]) throws(TAPError) -> [SharedItem] {
    var items: [SharedItem] = []
    try read(bytes, entries: "sharedItem") { event in
      switch event {
      case .start("sharedItem", let attributes):
        items.append(SharedItem(id: attributes("id"), type: attributes("type"), title: ""))
      case .start("sharedToItem", let attributes) where !items.isEmpty:
        items[items.count - 1].shares.append(
          SharedItem.Share(id: attributes("shareTo"), type: attributes("shareType"), mode: attributes("shareMode")))
      case .text("title", let text) where !items.isEmpty: items[items.count - 1].title = text
      case .text("description", let text) where !items.isEmpty: items[items.count - 1].description = text
      default: break
      }
    }
    return items
  }

  private enum Event {
    case start(String, (String) -> String)
    case text(String, String)
  }

  private static func read(
    _ bytes: [UInt8], entries: String, _ take: (Event) -> Void
  ) throws(TAPError) {
    var count = 0
    do throws(TableIOError) {
      let xml = try XMLReader(source: MemoryByteSource(bytes), refusesNamespaceErrors: false)
      var text: [UInt8] = []
      var root = ""
      while let event = try xml.next() {
        switch event {
        case .start:
          if xml.depth == 1 { root = xml.name.local }
          if xml.name.local == entries { count += 1 }
          guard count <= entryLimit else {
            throw TableIOError(.limit, "The list has more than \(entryLimit) entries.")
          }
          text = []
          take(.start(xml.name.local) { xml.attribute($0) ?? "" })
        case .text:
          guard text.count + xml.text.count <= textLimit else {
            throw TableIOError(.limit, "A text is longer than \(textLimit) bytes.")
          }
          text += xml.text
        case .end:
          take(.text(xml.name.local, trimmed(String(decoding: text, as: UTF8.self))))
          text = []
        case .comment, .instruction: break
        }
      }
      // A page that happens to be well formed is not an empty list.
      guard count > 0 || root.lowercased().hasPrefix("shar") else {
        throw TableIOError(.malformed, "The document's root is '\(root)', which is no list of \(entries) elements.")
      }
    } catch {
      throw TAPError(
        .badAnswer, "The service's answer is not the list that was asked for. \(error.message)", cause: error)
    }
  }
}
