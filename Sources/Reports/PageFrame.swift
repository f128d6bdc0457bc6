import SkyGeometry

/// What all pages share: head, style, script, foot.
struct PageFrame {
  var title: String
  var date: ModifiedJulianDate

  /// A page with a body.
  func page(_ body: HTML) -> String {
    let page: HTML = """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="\(PageScript.policy)">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <link rel="icon" href="data:,">
      <title>\(title)</title>
      <style>
      \(PageStyle.css)
      </style>
      </head>
      <body>
      \(body)
      <footer>Made by webb on \(String(date.isoText(fractionDigits: 0).prefix(16).map { $0 == "T" ? " " : $0 })) UTC.</footer>
      <script>\(PageScript.javaScript)</script>
      </body>
      </html>

      """
    return page.text
  }

  /// Facts below a heading.
  static func facts(_ facts: [String]) -> HTML {
    "<ul class=\"facts\">\(facts.filter { !$0.isEmpty }.map { "<li>\($0)</li>" as HTML })</ul>"
  }

  /// The form that filters rows; without scripts it stays hidden.
  /// - Parameters:
  ///   - hint: an example of what to look for.
  ///   - fileTypes: the choices of a list of file types; no list without choices.
  static func filter(hint: String, fileTypes: [String] = []) -> HTML {
    let options = fileTypes.map { "<option>\($0)</option>" as HTML }
    let choice: HTML =
      fileTypes.isEmpty
      ? "" : "<label>File type <select id=\"type\"><option value=\"\">all</option>\(options)</select></label>\n"
    return """
      <form id="filter" hidden>
      <label>Find <input id="words" type="search" placeholder="\(hint)" autocomplete="off"></label>
      \(choice)<output id="count"></output>
      </form>
      """
  }

  /// A table whose rows can be sorted by the columns that are named.
  /// - Parameters:
  ///   - columns: headings, and whether the column can be sorted.
  ///   - rows: the rows with their tags.
  static func table(columns: [(title: String, isSortable: Bool)], rows: [HTML]) -> HTML {
    let heads = columns.map { column -> HTML in
      "<th scope=\"col\"\(column.isSortable ? " data-sort" as HTML : "")>\(column.title)</th>"
    }
    return """
      <div class="wide">
      <table>
      <thead><tr>\(heads)</tr></thead>
      <tbody>
      \(rows)</tbody>
      </table>
      </div>
      """
  }

  /// The button that switches between light and dark.
  static let themeButton: HTML = "<button type=\"button\" id=\"theme\" hidden>Dark</button>"
}
