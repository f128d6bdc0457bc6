/// Calls of the Python client that have no counterpart in a Swift library, with the reason.
enum Convenience {
  /// Why a call is not made; `nil` for one that is.
  static func reason(_ on: String, _ method: String) -> CallReason? {
    switch (on, method) {
    case ("new", _), (_, "__call__"): .clientIsValue
    case ("conn", _): .noConnectionObject
    case ("data", _): .noURLCache
    case ("static", _): .gzipElsewhere
    case (_, "__str__"): .textsByCommand
    case (_, "login_gui"): .noLoginWindow
    case (_, "get_decoded_string"): .textIsText
    case (_, "cache_location"), (_, "clear_cache"), (_, "reset_cache_location"), (_, "name"):
      .noDiskCache
    case ("jwst", let name) where name.first?.isUppercase ?? false: .constantsAreMembers
    case (_, "is_finished"): .phaseNotRemembered
    case (_, "set_phase"): .phaseOfService
    default: nil
    }
  }
}
