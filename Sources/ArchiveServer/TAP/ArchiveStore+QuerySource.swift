internal import LocalArchive

extension ArchiveStore: QuerySource {
  func rows(of query: ArchiveQuery) throws(LocalArchiveError) -> any ResultRows { try open(query) }
}
