import MASTArchive

/// The last step of a run: the web pages of the programmes selected.
enum WebPageStep {
  /// Makes the pages. This is the one place where they are made, whether files were downloaded, all were there already, or
  /// the download was skipped.
  static func run(_ options: WebPageOptions, plan: DownloadPlan, states: [LocalState], talk: TalkOptions) {
    talk.say("No web page was made: this version of Webb does not make them yet.")
  }
}
