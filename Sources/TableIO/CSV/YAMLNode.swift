/// A YAML document as far as ECSV headers use YAML: mappings, sequences and scalars, in block and flow style; tags and anchors
/// are passed over.
indirect enum YAMLNode: Equatable {
  case scalar(String)
  case sequence([YAMLNode])
  case mapping([Member])

  /// A key and its value.
  struct Member: Equatable {
    let key: String
    let value: YAMLNode
  }

  /// The value under a key; of an ordered map, a sequence of single-key mappings, too.
  subscript(key: String) -> YAMLNode? { members.first { $0.key == key }?.value }

  /// The members of a mapping or an ordered map.
  var members: [Member] {
    switch self {
    case .mapping(let members): members
    case .sequence(let items):
      items.flatMap { item in
        if case .mapping(let members) = item, members.count == 1 { members } else { [] as [Member] }
      }
    case .scalar: []
    }
  }

  /// The items of a sequence.
  var items: [YAMLNode] { if case .sequence(let items) = self { items } else { [] } }

  /// The text of a scalar.
  var text: String? { if case .scalar(let text) = self { text } else { nil } }
}

/// Why a header is no YAML of the kind that ECSV has.
struct YAMLError: Error {
  let message: String
  /// Line of the header, from 0.
  let line: Int
}
