/// The members of a tar archive, as far as their heads tell.
struct TarMembers {
  var names: [String] = []
  /// Whether a member is a link or leads out of the folder.
  var isUnsafe = false

  /// Reads an archive, plain or gzip; `nil` when it is none.
  init?(_ bytes: [UInt8]) {
    let bytes = ServerText.inflated(bytes)
    guard bytes.count >= 1024, bytes.count % 512 == 0 else { return nil }
    if bytes.allSatisfy({ $0 == 0 }) { return }
    guard bytes[257..<262].elementsEqual("ustar".utf8) else { return nil }
    var place = 0
    while place + 512 <= bytes.count, bytes[place] != 0 {
      let head = bytes[place..<(place + 512)]
      let text = { (range: Range<Int>) in
        String(
          decoding: head[(place + range.lowerBound)..<(place + range.upperBound)].prefix { $0 != 0 }, as: UTF8.self)
      }
      let name = text(0..<100)
      let size = Int(text(124..<136).filter { $0.isNumber }, radix: 8) ?? 0
      let kind = head[place + 156]
      if kind == UInt8(ascii: "1") || kind == UInt8(ascii: "2") { isUnsafe = true }
      if name.hasPrefix("/") || name.split(separator: "/").contains("..") { isUnsafe = true }
      if kind == 0 || kind == UInt8(ascii: "0") { names.append(name) }
      place += 512 + (size + 511) / 512 * 512
    }
  }
}
