import ArgumentParser
import Foundation
import TableIO

struct TableConvert: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "convert",
    abstract: "Convert a table to another format.",
    discussion: """
      The table is read and written piece by piece, so its size does not matter. The output appears under its name only when it is whole.

        webb table convert observations.vot observations.fits
        webb table convert observations.vot.gz --columns obs_id ra dec --head 10 --to csv
        curl … | webb table convert - --to ecsv
      """)

  @OptionGroup var source: TableInput

  @Argument(help: "File to write; its ending tells the format, .gz compresses. - is standard output.")
  var output = "-"

  @Option(
    help:
      "Format of the output: \(TableFormat.all.map(\.rawValue).joined(separator: ", ")). Default: by the file's name, else text on a terminal and VOTable in a pipe."
  )
  var to: String?

  @Option(parsing: .upToNextOption, help: "Columns to keep, in this order.")
  var columns: [String] = []

  @Option(help: "Take at most this many rows.")
  var head: Int?

  @OptionGroup(title: "Output") var talk: TalkOptions

  func validate() throws {
    if let to, !TableFormat.all.contains(TableFormat(rawValue: to)) {
      throw ValidationError("--to \(to) is not one of \(TableFormat.all.map(\.rawValue).joined(separator: ", ")).")
    }
    if let head, head < 0 { throw ValidationError("--head \(head) is not a number of rows.") }
  }

  func run() throws {
    var options = TableOutputOptions()
    options.output = output
    options.format = to
    let destination = try TableOutput(options)
    var (bytes, _, reader) = try source.open()
    var conversion = TableConversion()
    conversion.tableNumber = source.table
    conversion.columns = columns
    conversion.rowLimit = head
    let progress = CountProgress(
      label: "Kilobytes read", total: Int((bytes.byteCount ?? 0) / 1000), isSilent: talk.quiet)
    try destination.write(&reader, conversion) { _ in progress.show(Int(bytes.consumedByteCount / 1000)) }
    progress.finish()
    for diagnostic in reader.diagnostics.prefix(20) { talk.say("\(source.input):\(diagnostic)") }
    if reader.diagnostics.count > 20 { talk.say("… and \(reader.diagnostics.count - 20) more.") }
  }
}

/// What the terminal is like.
enum Terminal {
  /// Its columns; 80 where it does not tell.
  static var width: Int {
    var size = winsize()
    return ioctl(1, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0 ? Int(size.ws_col) : 80
  }
}
