import Foundation
import TestSupport

@testable import webb

/// The rules under which a part of a step still agrees.
extension GoldenRules {
  static var partial: [GoldenRule] {
    [
      .init("goes-on", Relaxation(skipsTables: false, reductions: [withoutDownloadStates], mayAdd: { _ in true })) {
        $0.failed && $0.output.contains("### Downloading #") && !$0.output.contains("Download complete")
      },
      .init(
        "odd-sizes",
        { view in
          let odd = oddFiles(view)
          return Relaxation(
            skipsExit: true, reductions: [withoutDownloadStates], mayAdd: odd.contains, mayLack: odd.contains)
        }
      ) { !oddFiles($0).isEmpty },
      .init("booleans", .places) { view in
        let words = ["false", "no", "off", "0", "f", "n"]
        return DropInOption.all.contains { option in
          guard [.truth, .flag].contains(option.kind) else { return false }
          if let word = view.arguments[option.name]?.words?.first { return words.contains(word.lowercased()) }
          guard let written = view.configuration[option.name], written.hasPrefix("'") || written.hasPrefix("\"") else {
            return false
          }
          return words.contains(GoldenConfiguration.words(written).first?.lowercased() ?? "")
        }
      },
      .init("variables", .places) { view in
        view.configuration.values.contains { value in
          let names = value.matches(of: #/\$(\w+)/#).map { String($0.1) }
          return value.contains("${") || value.hasPrefix("~")
            || names.contains { name in names.contains { $0 != name && $0.hasPrefix(name) } }
        }
      },
      .init("pages", Relaxation(skipsExit: true)) {
        $0.failed && ($0.arguments["makewebpages"] != nil || $0.isOn("makewebpages"))
      },
      .init(
        "observation-order",
        Relaxation(reductions: [
          { name, ours, recorded in
            name == "Observations" ? (ours.inAnyOrder, recorded.inAnyOrder) : (ours, recorded)
          }
        ])
      ) { view in
        view.arguments["sortcols_obsTable"] != nil
          || view.words("sortcols_obsTable") != DropInOption.all.first { $0.name == "sortcols_obsTable" }?.builtIn
      },
      .init(
        "obsnum-token",
        Relaxation(reductions: [
          { name, ours, recorded in
            guard name == "Summary" else { return (ours, recorded) }
            return (withOneToken(ours), withOneToken(recorded))
          }
        ])
      ) { $0.recorded["Summary"] != nil },
      .init("each-file-once", Relaxation(reductions: [eachFileOnce])) { view in
        view.recorded.contains { name, table in
          name.hasSuffix("products") && Set(table.rows.map(table.file)).count < table.rows.count
        }
      },
      .init(
        "level-3-numbers",
        { view in
          let wanted = view.obsnums
          let isAdded = { (text: String) in
            text.firstMatch(of: #/jw\d{5}-o(\d{3})_/#).map { wanted.contains(Int($0.1) ?? -1) } ?? false
          }
          return Relaxation(
            reductions: [
              { name, ours, recorded in
                let isNew = { (row: [String]) in
                  name == "Summary"
                    ? ["<NA>", "NaN"].contains(ours.cell(row, "obsnum") ?? "") : row.contains(where: isAdded)
                }
                return (ours.filter { recorded.rows.contains($0) || !isNew($0) }, recorded)
              }
            ], mayAdd: isAdded)
        }
      ) { !$0.obsnums.isEmpty },
      .init("hyphens", Relaxation(reductions: [withoutHyphenated], mayAdd: { $0.contains(hyphenated) })) { view in
        (Array(view.ours.values) + Array(view.recorded.values)).contains { table in
          (table.columns + table.rows.flatMap { $0 }).contains { $0.contains(hyphenated) }
        }
      },
      .init(
        "detectors",
        Relaxation(
          reductions: [
            { name, ours, recorded in
              let isFalse = { (row: [String]) in row.contains { $0.contains(#/jw\d{5}-[acr]\d{4}_/#) } }
              let isUnknown = { (row: [String]) in ["<NA>", "NaN"].contains(recorded.cell(row, "obsnum") ?? "") }
              return (
                ours.filter { name != "Summary" || !isUnknown($0) },
                recorded.filter { name == "Summary" ? !isUnknown($0) : !isFalse($0) }
              )
            }
          ], mayLack: { $0.contains(#/jw\d{5}-[acr]\d{4}_/#) })
      ) { !$0.words("sca").isEmpty },
    ]
  }

  /// A file type whose last part has a hyphen: `_ami-oi.fits`.
  private static var hyphenated: Regex<(Substring, Substring)> { #/_[a-z0-9]+(-[a-z0-9]+)+\.[a-z]+$/# }

  private static func withoutDownloadStates(name: String, ours: GoldenTable, recorded: GoldenTable) -> (
    GoldenTable, GoldenTable
  ) {
    guard name == "Downloaded products" || name == "Selected products" else { return (ours, recorded) }
    let isState = { (column: String) in ["dl_code", "dl_str"].contains(column) }
    // A run that a failure ended has no table after it.
    if name == "Downloaded products", recorded.rows.isEmpty { return (recorded, recorded) }
    return (ours.dropping(isState), recorded.dropping(isState))
  }

  private static func eachFileOnce(name: String, ours: GoldenTable, recorded: GoldenTable) -> (GoldenTable, GoldenTable)
  {
    if name.hasSuffix("products") {
      var seen: Set<String> = []
      return (ours, recorded.filter { seen.insert(recorded.file($0)).inserted })
    }
    let isCount = { (column: String) in column.hasPrefix("_") || column == "NaN" }
    let (left, right) = (ours.dropping(isCount), recorded.dropping(isCount))
    return (left, right.filter(left.rows.contains))
  }

  private static func withoutHyphenated(name: String, ours: GoldenTable, recorded: GoldenTable) -> (
    GoldenTable, GoldenTable
  ) {
    let isTheirs = { (column: String) in column == "NaN" || column.contains(hyphenated) || column == "filetype" }
    let isFile = { (row: [String]) in row.contains { $0.contains(hyphenated) } }
    let (left, right) = (ours.dropping(isTheirs), recorded.dropping(isTheirs))
    let added = Set(left.rows).subtracting(right.rows)
    return (
      left.filter { !added.contains($0) || (name.hasSuffix("products") && !isFile($0)) }.inAnyOrder, right.inAnyOrder
    )
  }

  private static func withOneToken(_ table: GoldenTable) -> GoldenTable {
    var table = table
    table.rows = table.rows.map { $0.map { $0 == "NaN" ? "<NA>" : $0 } }
    return table
  }

  /// Files whose length in the catalogue is missing or not the one they have.
  private static func oddFiles(_ view: GoldenView) -> Set<String> {
    Set(
      (view.productRows(view.recorded) + view.productRows(view.ours)).compactMap { table, row in
        guard let size = table.cell(row, "size"), let archive = try? Shared.file("conformance/fakemast/files") else {
          return nil
        }
        let name = table.file(row)
        let path = archive.appendingPathComponent(name).path
        let length = try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int
        return length.map { String($0) == size ? nil : name } ?? nil
      })
  }
}
