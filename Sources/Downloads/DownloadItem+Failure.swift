extension DownloadItem {
  /// An error that names the item's file and address.
  func failure(_ kind: DownloadsError.Kind, _ message: String, cause: (any Error)? = nil) -> DownloadsError {
    DownloadsError(kind, file: destination, url: url, message, cause: cause)
  }

  /// The error for a web page in place of the file.
  var webPage: DownloadsError {
    failure(
      .notTheFile,
      "The server sent a web page in place of the file, as it does when a login is wanted or the archive is down.")
  }
}
