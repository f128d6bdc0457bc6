/// Why a picture cannot be read or written.
package struct PicturesError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong, in a sentence.
  package let message: String

  /// Describes a failure.
  package init(_ message: String) { self.message = message }

  /// The sentence.
  package var description: String { message }
}
