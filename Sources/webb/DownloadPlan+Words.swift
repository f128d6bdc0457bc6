import Holdings
import MASTArchive
import SkyGeometry

extension DownloadPlan {
  /// How much was selected, in a sentence.
  var total: String {
    let bytes = selection.products.reduce(Int64(0)) { $0 + ($1.product.size ?? 0) }
    let unsized = selection.products.count { $0.product.size == nil }
    let present = states.count { $0 == .exists }
    return "\(selection.products.count) files, \(ByteCount.text(bytes))"
      + (unsized > 0 ? " and \(unsized) of unknown size" : "")
      + (present > 0 ? "; \(present) of them are present." : ".")
  }

  /// Which of the selected files nobody has a plain right to, and until when; `nil` when all are public.
  func rightsNote(now: ModifiedJulianDate) -> String? {
    let closed = closed(Array(selection.products.indices), now: now)
    if closed.isEmpty { return nil }
    return "\(closed.count) of them \(words(ofClosed: closed))."
  }

  /// How files are closed: `are exclusive until 2027-05-28`, or with the first and the last day.
  func words(ofClosed indices: [Int]) -> String {
    let restricted = indices.count { selection.products[$0].rights == .restricted }
    let days = indices.compactMap { releaseDate($0)?.rawValue }.map {
      String(ModifiedJulianDate(rawValue: $0).isoText(fractionDigits: 0).prefix(10))
    }
    if restricted == indices.count { return "are restricted" }
    guard let first = days.min(), let last = days.max() else {
      return "are exclusive; the archive does not say until when"
    }
    let word = restricted > 0 ? "are exclusive or restricted" : "are exclusive"
    return first == last ? "\(word) until \(first)" : "\(word), the first until \(first), the last until \(last)"
  }
}
