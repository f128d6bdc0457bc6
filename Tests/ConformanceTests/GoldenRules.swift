import Foundation
import TestSupport

@testable import webb

/// All rules, for runs that the Python tool refused or crashed in, and for values that it read otherwise.
enum GoldenRules {
  static var all: [GoldenRule] { whole + partial }

  private static var whole: [GoldenRule] {
    [
      .init("no-token", .all) { $0.failed && !$0.hasToken },
      .init("did-not-start", .all) {
        $0.step.exit == 1 && $0.output.isEmpty && $0.step.config?.addedKeys.isEmpty ?? true
      },
      .init("query-verbose", .all) { $0.failed && $0.isQuery && $0.arguments["verbose"] != nil },
      .init("one-dash", .all) { view in
        view.step.exit == 2
          && view.step.arguments.contains { word in
            word.hasPrefix("-") && !word.hasPrefix("--") && DropInOption.all.contains { "-" + $0.name == word }
          }
      },
      .init("command-line-wins", .all) { view in
        let isHidden = view.arguments.contains { name, value in
          let builtIn = DropInOption.all.first { $0.name == name }?.builtIn
          guard let words = value.words, let builtIn, let configured = view.configuration[name] else { return false }
          return sameNumbers(words, builtIn) && !sameNumbers(GoldenConfiguration.words(configured), words)
        }
        let isOverruled =
          view.arguments["lookbacktime"] != nil && view.arguments["date_select"] == nil
          && !view.words("date_select").isEmpty
        let isFlag = { (word: String) in
          DropInOption.all.contains { $0.kind == .flag && word.hasPrefix("--\($0.name)=") }
        }
        return isHidden || isOverruled || (view.step.exit == 2 && view.step.arguments.contains(where: isFlag))
      },
      .init("all-instruments", .all) { $0.words("instrument").isEmpty },
      .init("octal-numbers", .all) { view in
        ["propID", "obsnums"].contains { view.configuration[$0]?.contains(#/(^|[\[, ])0[0-7]+($|[\], ])/#) ?? false }
      },
      .init("numbers-as-text", .all) { $0.configuration["obsnums"]?.contains("'") ?? false },
      .init("second-number", .all) { view in
        view.arguments["propID"] == nil && view.words("propID").count > 1
      },
      .init("other-programme", .all) { view in
        let configured = GoldenConfiguration.words(view.configuration["propID"] ?? "").first.flatMap { Int($0) }
        return view.arguments["propID"] != nil && view.arguments["obsnums"] == nil && configured != nil
          && configured != view.words("propID").first.flatMap { Int($0) }
          && !GoldenConfiguration.words(view.configuration["obsnums"] ?? "").isEmpty
      },
      .init("batch-size", .all) { $0.configuration["Nobs_per_batch"]?.isEmpty ?? false },
      .init("one-value-for-a-list", .all) { view in
        view.failed
          && view.configuration.contains { key, value in
            guard let option = DropInOption.all.first(where: { $0.name == key }), !value.isEmpty else { return false }
            guard [.words, .integers].contains(option.kind), !["propID", "obsnums", "instrument"].contains(key) else {
              return false
            }
            return !value.hasPrefix("[") || value == "[]" || key == "obsid_select"
          }
      },
      .init("programme-list", .all) { view in
        view.failed
          && (view.arguments["propIDs_obsnum2outsubdir"] != nil
            || view.configuration["propIDs_obsnum2outsubdir"].map { !$0.hasPrefix("[") } ?? false)
      },
      .init("skip-check", .all) { $0.failed && $0.isOn("skip_check_if_outfile_exists") },
      .init("missing-size", .all) { view in
        view.failed && view.productRows(view.ours).contains { $0.table.cell($0.row, "size") == "<NA>" }
      },
      .init("unknown-mode", .refusal) { !$0.failed && !$0.words("obsmode").isEmpty },
      .init("unknown-setting", .refusal) { view in
        let names = Set(DropInOption.all.map(\.name))
        return !view.failed && view.configuration.keys.contains { !names.contains($0) }
      },
      .init("several-instruments", .all) { $0.step.exit == 2 && $0.words("instrument").count > 1 },
      .init("not-a-boolean", .refusal) { !$0.failed && $0.talk.contains("neither yes nor no") },
      .init("impossible-value", .refusal) { view in
        let reasons = [
          "is not a programme number", "is not an observation number", "the wrong way round", "is greater than",
        ]
        return !view.failed && reasons.contains { view.talk.contains($0) }
      },
      .init("wrong-use-first", Relaxation(skipsTables: true)) { $0.failed && $0.status == 2 },
    ]
  }

  private static func sameNumbers(_ a: [String], _ b: [String]) -> Bool {
    a.count == b.count && zip(a, b).allSatisfy { $0 == $1 || (Double($0) != nil && Double($0) == Double($1)) }
  }
}
