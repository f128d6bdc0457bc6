// Times the parser: queries on standard input, a NUL after each; prints parses and bytes a second on one core.
// The queries that are no ADQL are timed too: an error has to be found and worded.
import ADQL

var queries: [String] = [""]
while let line = readLine(strippingNewline: false) {
  let parts = line.split(separator: "\0", omittingEmptySubsequences: false)
  queries[queries.count - 1] += parts[0]
  queries += parts.dropFirst().map(String.init)
}
queries.removeAll { $0.allSatisfy(\.isWhitespace) }
guard !queries.isEmpty else { fatalError("adql-bench: no query on standard input") }

let parser = Parser()
let clock = ContinuousClock()
var parses = 0
var refused = 0
var bytes = 0
let start = clock.now
repeat {
  refused = 0
  for query in queries {
    do { _ = try parser.parse(query) } catch { refused += 1 }
    bytes += query.utf8.count
  }
  parses += queries.count
} while clock.now - start < .seconds(2)
let seconds = (clock.now - start) / .seconds(1)
print(
  "\(queries.count) queries, \(refused) refused: \(Int(Double(parses) / seconds)) parses/s, \(Int(Double(bytes) / seconds / 1e6)) MB/s"
)
