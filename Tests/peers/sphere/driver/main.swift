// Answers questions about regions, one per line: an operation and one or two regions, parted by tabs. Part of Tests/peers/sphere/run.
import SkyGeometry

/// The answer to one line; a refusal is an answer too.
func answer(_ line: String) -> String {
  let words = line.split(separator: "\t").map(String.init)
  do throws(SkyGeometryError) {
    switch words.first {
    case "healpix":
      let numbers = words.dropFirst().compactMap { Double($0) }
      guard numbers.count == 3 else { return "refused: three numbers are needed" }
      let index = Healpix.index(order: Int(numbers[0]), position: SkyPosition(ra: numbers[1], dec: numbers[2])) ?? -1
      let center = Healpix.center(order: Int(numbers[0]), index: index)
      return "\(index) \(center?.ra ?? .nan) \(center?.dec ?? .nan)"
    case "area": return "\(try SkyRegion(text: words[1]).area)"
    case "centroid":
      let center = try SkyRegion(text: words[1]).centroid
      return "\(center?.ra ?? .nan) \(center?.dec ?? .nan)"
    case "contains": return try SkyRegion(text: words[1]).contains(try SkyRegion(text: words[2])) ? "1" : "0"
    case "intersects": return try SkyRegion(text: words[1]).intersects(try SkyRegion(text: words[2])) ? "1" : "0"
    default: return "refused: no such question"
    }
  } catch { return "refused: \(error)" }
}

while let line = readLine() { print(answer(line)) }
