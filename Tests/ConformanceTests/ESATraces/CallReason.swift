/// Why a call of the Python client is not made with ours. Each stands in `deviations.json` with what there is instead.
enum CallReason: String, CaseIterable, Sendable, Codable {
  // Swift's types do not let the call be written.
  case missingArgument = "missing-argument"
  case wrongType = "wrong-type"
  case unknownFrame = "unknown-frame"
  case unknownResolver = "unknown-resolver"
  case unknownFilterField = "unknown-filter-field"
  case coneOrBox = "cone-or-box"
  case regionIncomplete = "region-incomplete"
  case levelOfOtherType = "level-of-other-type"
  case caseOfProductType = "case-of-product-type"
  case formatByContent = "format-by-content"
  case directAnswerIsNoJob = "direct-answer-is-no-job"

  // Conveniences of the Python client.
  case nameAsCoordinate = "name-as-coordinate"
  case phaseNotRemembered = "phase-not-remembered"
  case phaseOfService = "phase-of-service"
  case clientIsValue = "client-is-value"
  case noConnectionObject = "no-connection-object"
  case noURLCache = "no-url-cache"
  case gzipElsewhere = "gzip-elsewhere"
  case textsByCommand = "texts-by-command"
  case noLoginWindow = "no-login-window"
  case textIsText = "text-is-text"
  case noDiskCache = "no-disk-cache"
  case constantsAreMembers = "constants-are-members"

  /// An earlier step, which is itself accounted for, gave nothing to go on with.
  case noEarlierObject = "no-earlier-object"

  /// This runner does not know the method; a failure.
  case unknownCall = "unknown-call"
}
