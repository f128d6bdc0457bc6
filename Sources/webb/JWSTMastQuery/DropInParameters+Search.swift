import MASTArchive
import SkyGeometry

extension DropInParameters {
  /// What observations to search for.
  /// - Parameter now: the moment that look-back counts from.
  func observationCriteria(now: ModifiedJulianDate) throws(Failure) -> ObservationCriteria {
    var criteria = ObservationCriteria(
      programs: programNumber.map { [$0] } ?? [], instruments: instruments, modes: modes, window: try window(now: now))
    criteria.furtherColumns = columns.archiveColumns
    return criteria
  }

  private func window(now: ModifiedJulianDate) throws(Failure) -> TimeWindow {
    if dateSelect.isEmpty { return TimeWindow(lookback: lookback, now: now) }
    do throws(MASTArchiveError) { return try TimeWindow(dateSelect: dateSelect, now: now) } catch {
      throw settings.failure("date_select", error.message)
    }
  }

  /// Where files go; the root is made absolute by the caller's rule.
  /// - Parameter absolutePath: an absolute path without a slash at the end.
  func layout(absolutePath: (String) -> String) throws(Failure) -> OutputLayout {
    let root = absolutePath(settings.text("outrootdir") ?? ".")
    var layout = OutputLayout(root: settings.text("outsubdir").map { absolutePath(root + "/" + $0) } ?? root)
    layout.programFolder = try !settings.truth("skip_propID2outsubdir")
    layout.observationFolder = try settings.truth("obsnum2outsubdir")
    layout.programsWithObservationFolder = Set(try settings.integers("propIDs_obsnum2outsubdir"))
    layout.pictureFolder = try settings.truth("jpg_separate_subdir")
    return layout
  }
}
