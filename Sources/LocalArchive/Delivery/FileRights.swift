/// Who may have a file. What counts is all that the archive knows of the file: the archive holds one file of a name, so every product
/// that lists its address or its name has a say, and one that does not tell its rights has those of its observation.
public struct FileRights: Sendable, Hashable {
  /// Whether anybody holds the file back: then only holders of a right may have it.
  public var isExclusive: Bool
  /// The programmes that hold it back.
  public var programs: Set<Int>

  /// Whether rights to some programmes open the file: it takes those to all programmes that hold it back. Where none of them is known,
  /// nothing opens it.
  public func areMet(by held: Set<Int>) -> Bool {
    !isExclusive || !programs.isEmpty && programs.isSubset(of: held)
  }

  /// Reads what ``selection(uri:name:)`` gives.
  init(_ programs: String?) {
    isExclusive = programs != nil
    self.programs = Set((programs ?? "").split(separator: ",").compactMap { Int($0) })
  }

  /// An expression in SQL: the programmes that hold a file back, between commas, or null when nobody does.
  /// - Parameters:
  ///   - uri: the file's address, in SQL.
  ///   - name: the file's name, in SQL.
  static func selection(uri: String, name: String) -> String {
    """
    (SELECT group_concat(DISTINCT COALESCE(q.proposal_id, h.proposal_id, ''))
      FROM products q LEFT JOIN observations h ON h.obsid = q.parent_obsid
      WHERE (q.dataURI = \(uri) OR q.productFilename = \(name))
      AND upper(COALESCE(q.dataRights, h.dataRights, '\(DataRights.open)')) <> '\(DataRights.open)')
    """
  }
}
