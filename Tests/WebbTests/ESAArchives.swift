import TestSupport

/// Small archives, byte by byte, with whatever names and kinds of members. Sources: POSIX.1-1988, ustar interchange format; PKWARE APPNOTE 6.3.
enum ESAArchives {
  /// A member of a tar archive: `0` a file, `1` a hard link, `2` a symbolic link, `3` a character device.
  struct Member: Sendable {
    var name: String
    var body: [UInt8] = Array("content".utf8)
    var type = "0"
    var link = ""
    /// The size that the header tells, where it is not the body's.
    var size: Int?
  }

  static func tar(_ members: [Member]) -> [UInt8] {
    members.flatMap { member in
      let body = member.type == "0" ? member.body : []
      return head(member, size: member.size ?? body.count) + body
        + [UInt8](repeating: 0, count: (512 - body.count % 512) % 512)
    } + [UInt8](repeating: 0, count: 1024)
  }

  /// The head of a member.
  static func head(_ member: Member, size: Int) -> [UInt8] {
    var block = [UInt8](repeating: 0, count: 512)
    func put(_ text: String, at offset: Int) {
      block.replaceSubrange(offset..<offset + text.utf8.count, with: text.utf8)
    }
    func octal(_ value: Int, _ width: Int) -> String {
      let digits = String(value, radix: 8)
      return String(repeating: "0", count: width - digits.count) + digits
    }
    put(member.name, at: 0)
    for (value, width, offset) in [(0o644, 7, 100), (0, 7, 108), (0, 7, 116), (size, 11, 124), (0, 11, 136)] {
      put(octal(value, width), at: offset)
    }
    put("        ", at: 148)
    put(member.type, at: 156)
    put(member.link, at: 157)
    put("ustar", at: 257)
    put("00", at: 263)
    put(octal(block.reduce(0) { $0 + Int($1) }, 6), at: 148)
    block[154] = 0
    return block
  }

  /// A zip archive with one file as it is.
  static func zip(_ name: String) -> [UInt8] {
    let body = Array("content".utf8)
    let gzip = Gzip.stored(body)
    let checksum = Array(gzip[(gzip.count - 8)..<(gzip.count - 4)])
    func little(_ value: Int, _ count: Int) -> [UInt8] { (0..<count).map { UInt8(value >> (8 * $0) & 0xFF) } }
    let common =
      little(20, 2) + little(0, 8) + checksum + little(body.count, 4) + little(body.count, 4)
      + little(name.utf8.count, 2) + little(0, 2)
    let local = Array("PK\u{3}\u{4}".utf8) + common + Array(name.utf8) + body
    let central =
      Array("PK\u{1}\u{2}".utf8) + little(20, 2) + common + little(0, 10) + little(0, 4) + Array(name.utf8)
    let end =
      Array("PK\u{5}\u{6}".utf8) + little(0, 4) + little(1, 2) + little(1, 2) + little(central.count, 4)
      + little(local.count, 4) + little(0, 2)
    return local + central + end
  }
}
