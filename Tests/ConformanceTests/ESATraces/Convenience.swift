/// Calls of the Python client that have no counterpart in a Swift library, with the reason.
enum Convenience {
  /// Why a call is not made; `nil` for one that is.
  static func reason(_ on: String, _ method: String) -> String? {
    switch (on, method) {
    case ("new", _), (_, "__call__"): "a client asks nothing when it is made, and is a value that can be copied"
    case ("conn", _): "the way to a service is no object that prints itself"
    case ("data", _): "there is no cache of downloads by address"
    case ("static", _): "reading and writing gzip belongs to TableIO and Downloads"
    case (_, "__str__"): "texts for the screen are made by the command"
    case (_, "login_gui"): "there is no login window"
    case (_, "get_decoded_string"): "text is text in Swift"
    case (_, "cache_location"), (_, "clear_cache"), (_, "reset_cache_location"), (_, "name"):
      "nothing is cached on disk"
    case ("jwst", let name) where name.first?.isUppercase ?? false: "constants are static members of their types"
    case (_, "is_finished"): "a job's phase is asked of the service; nothing is remembered"
    case (_, "set_phase"): "a job's phase belongs to the service"
    default: nil
    }
  }
}
