// Times the parser: queries on standard input, a NUL after each; prints how many it reads a second on one core.
// Those that are no ADQL are timed too: a mistake has to be found and worded.
import ADQL

var queries: [String] = [""]
while let line = readLine(strippingNewline: false) {
  let parts = line.split(separator: "\0", omittingEmptySubsequences: false)
  queries[queries.count - 1] += parts[0]
  queries += parts.dropFirst().map(String.init)
}
queries.removeAll { $0.allSatisfy(\.isWhitespace) }

let parser = Parser()
let clock = ContinuousClock()
var parses = 0
var refused = 0
let start = clock.now
repeat {
  refused = 0
  for query in queries {
    do { _ = try parser.parse(query) } catch { refused += 1 }
  }
  parses += queries.count
} while clock.now - start < .seconds(2)
let rate = Double(parses) / ((clock.now - start) / .seconds(1))
print("\(queries.count) queries, \(refused) refused: \(Int(rate)) parses/s")
