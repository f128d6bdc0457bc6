/// A pattern as shells read it: `*` any characters, `?` one, `[abc]`, `[a-z]`, `[!a]` one of a set. Case counts.
struct Glob: Sendable, Hashable {
  let pattern: String
  private let parts: [Part]

  private enum Part: Hashable {
    case anything
    case one
    case literal(Character)
    case set([ClosedRange<Character>], isNegated: Bool)

    func takes(_ character: Character) -> Bool {
      switch self {
      case .anything: false
      case .one: true
      case .literal(let own): own == character
      case .set(let ranges, let isNegated): ranges.contains { $0.contains(character) } != isNegated
      }
    }
  }

  init(_ pattern: String) {
    self.pattern = pattern
    var rest = Array(pattern)[...]
    var parts: [Part] = []
    while let character = rest.popFirst() {
      switch character {
      case "*": if parts.last != .anything { parts.append(.anything) }
      case "?": parts.append(.one)
      case "[":
        // A bracket that is never closed stands for itself.
        if let set = Self.set(&rest) { parts.append(set) } else { parts.append(.literal("[")) }
      default: parts.append(.literal(character))
      }
    }
    self.parts = parts
  }

  private static func set(_ rest: inout ArraySlice<Character>) -> Part? {
    guard let end = rest.dropFirst().firstIndex(of: "]") else { return nil }
    var inside = rest[..<end]
    rest = rest[rest.index(after: end)...]
    let isNegated = inside.first == "!" || inside.first == "^"
    if isNegated { inside.removeFirst() }
    var ranges: [ClosedRange<Character>] = []
    while let first = inside.popFirst() {
      if inside.first == "-", let last = inside.dropFirst().first, first <= last {
        ranges.append(first...last)
        inside = inside.dropFirst(2)
      } else {
        ranges.append(first...first)
      }
    }
    return .set(ranges, isNegated: isNegated)
  }

  /// Whether the whole text fits. Only the last `*` is ever gone back to, so that no pattern takes long.
  func matches(_ text: String) -> Bool {
    let text = Array(text)
    var (part, character) = (0, 0)
    var retry: (part: Int, character: Int)?
    while character < text.count {
      if part < parts.count, parts[part] == .anything {
        retry = (part, character)
        part += 1
      } else if part < parts.count, parts[part].takes(text[character]) {
        part += 1
        character += 1
      } else if let last = retry {
        part = last.part + 1
        character = last.character + 1
        retry = (last.part, character)
      } else {
        return false
      }
    }
    return parts[part...].allSatisfy { $0 == .anything }
  }
}
