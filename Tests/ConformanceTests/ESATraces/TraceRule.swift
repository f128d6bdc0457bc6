/// A difference that our client shows everywhere, on purpose. Each stands in `deviations.json` with its reason.
enum TraceRule: String, CaseIterable, Sendable, Codable {
  // Requests
  case rowLimitByMAXREC = "row-limit-by-maxrec"
  case noPhaseOnSync = "no-phase-on-sync"
  case icrsNumbers = "icrs-numbers"
  case exactMatch = "exact-match"
  case quotesDoubled = "quotes-doubled"
  case valuesEncoded = "values-encoded"
  case lookUpsJoined = "look-ups-joined"
  case planesOnce = "planes-once"
  case noSemicolon = "no-semicolon"
  case waitParameter = "wait-parameter"
  case repeated = "repeated"
  case tableUploadAsValues = "table-upload-as-values"
  case trailingSlash = "trailing-slash"
  case hoursOfColons = "hours-of-colons"
  case everyResolver = "every-resolver"
  case rightContexts = "right-contexts"
  case cookieDroppedAtLogout = "cookie-dropped-at-logout"
  case simbadLimit = "simbad-limit"
  case simbadCapabilities = "simbad-capabilities"
  case phaseBeforeResult = "phase-before-result"
  case heldJobsWaitedFor = "held-jobs-waited-for"
  case redirectsFollowed = "redirects-followed"
  case redirectLimit = "redirect-limit"
  case argumentsFirst = "arguments-first"
  case jobLookedAt = "job-looked-at"
  case loginWithoutCookie = "login-without-cookie"
  case pendingLookedAtFirst = "pending-looked-at-first"
  case serviceDecides = "service-decides"
  case levelFour = "level-four"
  case nothingIsAnError = "nothing-is-an-error"
  case nothingAskedForNothing = "nothing-asked-for-nothing"
  case crossMatchIsAQuery = "cross-match-is-a-query"
  case formatNamed = "format-named"
  case noResolverCache = "no-resolver-cache"
  case checksumsAsked = "checksums-asked"

  // Outcomes
  case errorWords = "error-words"
  case valuesNotPrinted = "values-not-printed"
  case bitCells = "bit-cells"
  case columnByName = "column-by-name"
  case unitSpelling = "unit-spelling"
  case phaseNames = "phase-names"
  case overflowTold = "overflow-told"
  case errorInAnswer = "error-in-answer"
  case errorTextRead = "error-text-read"
  case lenientDocuments = "lenient-documents"
  case loginNeedsCookie = "login-needs-cookie"
  case failuresTold = "failures-told"
  case alwaysAList = "always-a-list"
  case resultNotJobObject = "result-not-job-object"

  // Files
  case noFilesOfErrors = "no-files-of-errors"
  case resultsSaved = "results-saved"
  case wholeOrNothing = "whole-or-nothing"
  case everyObservation = "every-observation"
  case ownFileNames = "own-file-names"
  case observationsRecorded = "observations-recorded"
}

extension TraceRule {
  /// Differences in spelling, which make nothing better.
  static let neutral: Set<TraceRule> = [
    .noPhaseOnSync, .errorWords, .icrsNumbers, .unitSpelling,
    .phaseNames, .repeated, .jobLookedAt,
  ]
}
