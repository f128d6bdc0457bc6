/// What a request says: the names and values of its query and its body, and the files that came along.
struct RequestForm: Sendable {
  /// Names and values, in their order.
  var items: [FormItem]
  /// Files by the names of their parts.
  var files: [MultipartBody.Part]
  /// Held as long as the files are in memory.
  let share: ByteBudget.Share?

  /// Reads a request; a body of another type than those of forms says nothing.
  init(_ request: ServerRequest) {
    items = request.query
    files = []
    share = request.share
    guard request.method == "POST" || request.method == "PUT" else { return }
    let contentType = request.headers["content-type"] ?? ""
    if contentType.lowercased().hasPrefix("multipart/") {
      for part in MultipartBody(contentType: contentType, body: request.body)?.parts ?? [] {
        if part.fileName != nil {
          files.append(part)
        } else {
          items.append(FormItem(name: part.name, value: String(decoding: part.content, as: UTF8.self)))
          // `param:` may name a part that its sender did not call a file.
          files.append(part)
        }
      }
    } else if contentType.isEmpty || contentType.lowercased().contains("form-urlencoded") {
      items += FormItem.items(String(decoding: request.body, as: UTF8.self))
    }
  }

  /// The values of a parameter, whatever the case of its name (DALI 1.1, section 2.2).
  func values(_ name: String) -> [String] {
    items.filter { $0.name.lowercased() == name.lowercased() }.map(\.value)
  }

  /// The first value of a parameter.
  subscript(name: String) -> String? { values(name).first }
}
