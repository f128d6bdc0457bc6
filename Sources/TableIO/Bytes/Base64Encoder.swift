/// Base64 in lines of 76 characters (RFC 2045, section 6.8), as bytes come in.
struct Base64Encoder: Sendable {
  /// Bytes that a line holds.
  private static let lineSize = 57
  /// The two characters of every 12 bits, in the order of memory.
  private static let pairs: [UInt16] = {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    return (0..<4096).map {
      UInt16(littleEndian: UInt16(alphabet[$0 >> 6]) | UInt16(alphabet[$0 & 63]) << 8)
    }
  }()

  /// Moves all whole lines from an input to an output; the rest stays for the next time.
  static func encodeLines(of input: inout OutputBuffer, into output: inout OutputBuffer) {
    let lineCount = input.count / lineSize
    guard lineCount > 0 else { return }
    output.append(atMost: lineCount * 77) { target in
      input.withBytes { source in
        pairs.withUnsafeBufferPointer { pairs in
          var next = target
          var read = source.baseAddress!
          for _ in 0..<lineCount {
            for _ in 0..<lineSize / 3 {
              let (first, second, third) = (Int(read[0]), Int(read[1]), Int(read[2]))
              let pointer = UnsafeMutableRawPointer(next)
              pointer.storeBytes(of: pairs[first << 4 | second >> 4], as: UInt16.self)
              pointer.storeBytes(of: pairs[(second & 15) << 8 | third], toByteOffset: 2, as: UInt16.self)
              next += 4
              read += 3
            }
            next.pointee = UInt8(ascii: "\n")
            next += 1
          }
          return next
        }
      }
    }
    input.removeFirst(lineCount * lineSize)
  }

  /// Moves everything, the last line and its padding included.
  static func encodeAll(of input: inout OutputBuffer, into output: inout OutputBuffer) {
    encodeLines(of: &input, into: &output)
    guard input.count > 0 else { return }
    let count = input.count
    input.append(0, times: (3 - count % 3) % 3)
    input.withBytes { source in
      for start in stride(from: 0, to: source.count, by: 3) {
        let bits = Int(source[start]) << 16 | Int(source[start + 1]) << 8 | Int(source[start + 2])
        let present = min(3, count - start)
        for (index, pair) in [Self.pairs[bits >> 12], Self.pairs[bits & 4095]].enumerated() {
          let characters = UInt16(littleEndian: pair)
          output.append(UInt8(truncatingIfNeeded: characters))
          output.append(index == 0 || present == 3 ? UInt8(characters >> 8) : UInt8(ascii: "="))
        }
        if present == 1 { output.replaceLast(2, with: UInt8(ascii: "=")) }
      }
    }
    output.append(UInt8(ascii: "\n"))
    input.removeAll()
  }
}
