extension TAPError.Kind {
  /// A file with a password or a login cannot be used, or is not safe from others.
  public static let credentials = TAPError.Kind(rawValue: "credentials")
  /// A secret would travel where others can read it; nothing was sent.
  public static let insecure = TAPError.Kind(rawValue: "insecure")
}
