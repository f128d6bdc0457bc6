/// Small tar archives, byte by byte. Source: POSIX.1-1988, ustar interchange format.
enum TarText {
  /// A member: `0` a file, `2` a symbolic link.
  struct Member {
    var name: String
    var body: [UInt8] = []
    var type: Character = "0"
    var link = ""
  }

  static func archive(_ members: [Member]) -> [UInt8] {
    members.flatMap { member in
      let padding = [UInt8](repeating: 0, count: (512 - member.body.count % 512) % 512)
      return header(member) + member.body + padding
    } + [UInt8](repeating: 0, count: 1024)
  }

  static func archive(_ files: KeyValuePairs<String, String>) -> [UInt8] {
    archive(files.map { Member(name: $0.key, body: Array($0.value.utf8)) })
  }

  private static func header(_ member: Member) -> [UInt8] {
    var block = [UInt8](repeating: 0, count: 512)
    func put(_ text: String, at offset: Int) {
      block.replaceSubrange(offset..<offset + text.utf8.count, with: text.utf8)
    }
    func octal(_ value: Int, _ width: Int) -> String {
      let digits = String(value, radix: 8)
      return String(repeating: "0", count: width - digits.count) + digits
    }
    put(member.name, at: 0)
    put(octal(0o644, 7), at: 100)
    put(octal(0, 7), at: 108)
    put(octal(0, 7), at: 116)
    put(octal(member.body.count, 11), at: 124)
    put(octal(0, 11), at: 136)
    put("        ", at: 148)
    put(String(member.type), at: 156)
    put(member.link, at: 157)
    put("ustar", at: 257)
    put("00", at: 263)
    put(octal(block.reduce(0) { $0 + Int($1) }, 6), at: 148)
    block[154] = 0
    return block
  }
}
