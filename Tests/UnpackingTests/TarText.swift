/// A tar archive written by hand, header by header, so that it may say anything.
struct TarText {
  private(set) var bytes: [UInt8] = []
  /// Where members begin, and where the end mark does.
  private(set) var starts: [Int] = []

  /// Adds a member.
  /// - Parameters:
  ///   - type: `0` file, `1` hard link, `2` symbolic link, `3` and `4` devices, `5` folder, `6` pipe.
  ///   - size: what the header says in place of the truth.
  mutating func add(
    _ name: String, _ content: [UInt8] = [], type: Character = "0", link: String = "", size: Int? = nil,
    mode: String = "0000644"
  ) {
    starts.append(bytes.count)
    bytes += Self.header(name, size: size ?? content.count, type: type, link: link, mode: mode)
    bytes += content
    bytes += [UInt8](repeating: 0, count: (512 - content.count % 512) % 512)
  }

  /// Adds a member with a name of any length as GNU tar does.
  mutating func addGNU(_ name: String, _ content: [UInt8]) {
    add("././@LongLink", Array(name.utf8) + [0], type: "L")
    add(String(name.prefix(90)), content)
  }

  /// Adds a member with a name of any length as pax does.
  mutating func addPax(_ fields: [(String, String)], _ name: String, _ content: [UInt8]) {
    var records: [UInt8] = []
    for (key, value) in fields {
      let rest = " \(key)=\(value)\n".utf8.count
      var length = rest + 1
      while length != rest + String(length).utf8.count { length = rest + String(length).utf8.count }
      records += "\(length) \(key)=\(value)\n".utf8
    }
    add("PaxHeaders/x", records, type: "x")
    add(name, content)
  }

  /// The archive with its end mark and padding.
  var archive: [UInt8] { bytes + [UInt8](repeating: 0, count: 1024 + (10240 - (bytes.count + 1024) % 10240) % 10240) }

  static func header(_ name: String, size: Int, type: Character, link: String, mode: String) -> [UInt8] {
    var block = [UInt8](repeating: 0, count: 512)
    func put(_ text: String, at offset: Int, _ room: Int) {
      block.replaceSubrange(offset..<offset + min(room, text.utf8.count), with: Array(text.utf8.prefix(room)))
    }
    func octal(_ number: Int, _ width: Int) -> String {
      let digits = String(number, radix: 8)
      return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
    put(name, at: 0, 100)
    put(mode, at: 100, 7)
    put(octal(0, 7), at: 108, 7)
    put(octal(0, 7), at: 116, 7)
    put(octal(size, 11), at: 124, 11)
    put(octal(0, 11), at: 136, 11)
    put("        ", at: 148, 8)
    put(String(type), at: 156, 1)
    put(link, at: 157, 100)
    put("ustar", at: 257, 6)
    put("00", at: 263, 2)
    put(octal(block.reduce(0) { $0 + Int($1) }, 6), at: 148, 6)
    block[154] = 0
    return block
  }
}
