import TableIO

/// Reads the service's lists of groups and of shared items; what is not known in them is passed over.
struct SharingDocument {
  private static let depthLimit = 16

  /// Reads a list of groups.
  static func groups(in bytes: [UInt8]) throws(TAPError) -> [Group] {
    try entries("sharedGroup", in: bytes).map { entry in
      Group(
        id: entry.attribute("id") ?? "", owner: entry.attribute("owner") ?? "", title: text("title", of: entry),
        description: text("description", of: entry),
        members: (entry.element("users")?.elements("user") ?? []).map { user in
          GroupMember(id: user.attribute("id") ?? "", name: user.attribute("name") ?? "")
        })
    }
  }

  /// Reads a list of shared items.
  static func items(in bytes: [UInt8]) throws(TAPError) -> [SharedItem] {
    try entries("sharedItem", in: bytes).map { entry in
      SharedItem(
        id: entry.attribute("id") ?? "", type: entry.attribute("type") ?? "", title: text("title", of: entry),
        description: text("description", of: entry),
        shares: (entry.element("sharedToItems")?.elements("sharedToItem") ?? []).map { share in
          SharedItem.Share(
            id: share.attribute("shareTo") ?? "", type: share.attribute("shareType") ?? "",
            mode: share.attribute("shareMode") ?? "")
        })
    }
  }

  private static func entries(_ name: String, in bytes: [UInt8]) throws(TAPError) -> [XMLTree] {
    let root: XMLTree
    do {
      root = try XMLTree(reading: bytes)
    } catch {
      throw TAPError(
        .badAnswer, "The service's answer is not the list that was asked for. \(error.message)", cause: error)
    }
    let entries = find(name, in: root, depth: 0)
    // A page that happens to be well formed is not an empty list.
    guard !entries.isEmpty || root.name.local.lowercased().hasPrefix("shar") else {
      throw TAPError(
        .badAnswer,
        "The service's answer is not the list that was asked for, but a document with the root '\(root.name.local)'.")
    }
    return entries
  }

  /// The elements of a name, wherever they are.
  private static func find(_ name: String, in element: XMLTree, depth: Int) -> [XMLTree] {
    if element.name.local == name { return [element] }
    return depth < depthLimit ? element.children.flatMap { find(name, in: $0, depth: depth + 1) } : []
  }

  private static func text(_ name: String, of entry: XMLTree) -> String {
    (entry.element(name)?.text ?? "").trimmed
  }
}
