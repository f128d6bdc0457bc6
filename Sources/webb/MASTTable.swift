import ArgumentParser

/// The tables of a search.
enum MASTTable: String, CaseIterable, ExpressibleByArgument {
  case products, observations, summary
}
