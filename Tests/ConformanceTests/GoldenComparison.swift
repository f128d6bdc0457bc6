import Foundation
import TestSupport

/// Compares a run with a recording, byte by byte or as weakly as rules allow.
struct GoldenComparison {
  var view: GoldenView
  var result: WebbProcess.Result
  /// Recorded and found tables as text, by name.
  var tables: [String: String]
  var ours: [String: String]
  var tree: RecordedTree
  /// Names of the files asked for.
  var asked: Set<String>
  var askedNow: Set<String>
  var wrongFiles: Set<String>
  var earlierWrongFiles: Set<String>

  /// Whether the recorded run ended with exit code 0 although files failed or have wrong bytes.
  var knowsFailure: Bool {
    !view.failed
      && (!wrongFiles.subtracting(earlierWrongFiles).isEmpty
        || view.output.contains(#/Download complete: \d+ successful, [1-9]/#))
  }

  /// What differs under rules.
  func differences(under rules: Relaxation) throws -> [String] {
    if rules.skipsAll { return [0, 1].contains(result.status) ? [] : ["exit code \(result.status): \(talk)"] }
    if rules.mustRefuse { return result.status == 2 ? [] : ["exit code \(result.status) where 2 is expected: \(talk)"] }
    var differences: [String] = []
    let mustSucceed = !view.failed && !knowsFailure
    if (result.status == 0) != mustSucceed, !rules.skipsExit {
      differences.append("exit code \(result.status), recorded \(view.step.exit): \(talk)")
    }
    if !rules.skipsTables { differences += tableDifferences(under: rules) }
    differences += try tree.differences(leavingOut: wrongFiles, under: rules) { ours, recorded in
      let (left, right) = (
        try String(contentsOf: ours, encoding: .utf8), try String(contentsOf: recorded, encoding: .utf8)
      )
      let kind = recorded.lastPathComponent.split(separator: ".").dropLast().last ?? ""
      let names = ["selprod": "Selected products", "obs": "Observations", "summary": "Summary"]
      return difference(names[String(kind)] ?? "", left, right, under: rules)
    }
    let (more, less) = (askedNow.subtracting(asked), asked.subtracting(askedNow))
    let wrong = (more.filter { !rules.mayAdd($0) }, less.filter { !rules.mayLack($0) })
    if !wrong.0.isEmpty || !wrong.1.isEmpty {
      differences.append("asked for \(wrong.0.sorted()) more, \(wrong.1.sorted()) less")
    }
    return differences
  }

  private func tableDifferences(under rules: Relaxation) -> [String] {
    var differences: [String] = []
    let banners = view.output.matches(
      of: /\n### (?:Selected Products|Observations|Summary propID\/obsnum|Downloaded Selected Products):\n/
    ).count
    if tables.count != banners { differences.append("\(banners) tables recorded, \(tables.count) read") }
    for name in Set(tables.keys).union(ours.keys).sorted() {
      // Where the tool had kept wrong bytes, its codes tell of them.
      if name.hasSuffix("products") && !wrongFiles.union(earlierWrongFiles).isEmpty { continue }
      if let text = difference(name, ours[name] ?? "", tables[name] ?? "", under: rules) {
        differences.append("table \(name):\n\(text)")
      }
    }
    return differences
  }

  private func difference(_ name: String, _ ours: String, _ recorded: String, under rules: Relaxation) -> String? {
    if ours == recorded { return nil }
    if !rules.reductions.isEmpty {
      var (left, right) = (GoldenTable(ours), GoldenTable(recorded))
      for reduction in rules.reductions { (left, right) = reduction(name, left, right) }
      if left == right { return nil }
    }
    let left = ours.components(separatedBy: "\n")
    let right = recorded.components(separatedBy: "\n")
    let row =
      (0..<max(left.count, right.count)).first { $0 >= left.count || $0 >= right.count || left[$0] != right[$0] } ?? 0
    return
      "    line \(row + 1)\n    webb     |\(row < left.count ? left[row] : "(end)")|\n    recorded |\(row < right.count ? right[row] : "(end)")|"
  }

  private var talk: String { String(result.errors.suffix(300)) }
}
