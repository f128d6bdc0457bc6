import Mustache

/// The pages' frames. `{{…}}` escapes, `{{{…}}}` does not and is used for the style, the script and the map only.
enum PageTemplates {
  /// All templates; they are constants, and a test renders each.
  static let library: MustacheLibrary = {
    var library = MustacheLibrary()
    for (name, text) in [("programme", programme), ("top", top), ("head", head), ("foot", foot)] {
      if let template = try? MustacheTemplate(string: text) { library.register(template, named: name) }
    }
    return library
  }()

  static let head = """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <link rel="icon" href="data:,">
    """

  static let foot = """
    <footer>Made by webb on {{date}} UTC.</footer>
    <script>
    {{{script}}}
    </script>
    </body>
    </html>
    """

  static let programme = """
    {{> head}}
    <title>JWST programme {{program}}</title>
    <style>
    {{{style}}}
    </style>
    </head>
    <body>
    <header>
    <p class="path"><a href="../index.html">All programmes</a></p>
    <h1><span>Programme {{program}}</span> {{title}}</h1>
    <ul class="facts">{{#investigator}}<li>PI {{investigator}}</li>{{/investigator}}{{#facts}}<li>{{.}}</li>{{/facts}}</ul>
    <button type="button" id="theme" hidden>Dark</button>
    </header>
    {{#map}}<figure>{{{map}}}</figure>{{/map}}
    <form id="filter" hidden>
    <label>Find <input id="words" type="search" placeholder="detector, filter, date …" autocomplete="off"></label>
    <label>File type <select id="type"><option value="">all</option>{{#fileTypes}}<option>{{.}}</option>{{/fileTypes}}</select></label>
    <output id="count"></output>
    </form>
    <nav>{{#sections}}<a href="#{{anchor}}">{{heading}}</a>{{/sections}}</nav>
    {{#sections}}
    <section id="{{anchor}}">
    <h2>{{heading}}</h2>
    <ul class="facts">{{#facts}}<li>{{.}}</li>{{/facts}}</ul>
    <div class="wide">
    <table>
    <thead><tr>{{#columns}}<th scope="col"{{#isSortable}} data-sort{{/isSortable}}>{{title}}</th>{{/columns}}</tr></thead>
    <tbody>
    {{#rows}}
    <tr data-types="{{types}}">
    <td class="previews">{{#previews}}<a href="{{href}}"><img src="{{source}}" alt="{{label}}" title="{{label}}" loading="lazy"{{#width}} width="{{width}}"{{/width}}{{#height}} height="{{height}}"{{/height}}></a>{{/previews}}</td>
    {{#cells}}<td{{#isName}} class="name"{{/isName}}>{{text}}</td>{{/cells}}
    <td class="files">{{#links}}{{#href}}<a href="{{href}}" title="{{name}}, {{size}}">{{label}}</a>{{/href}}{{^href}}<span title="{{name}}, {{size}}, not on disk">{{label}}</span>{{/href}} {{/links}}</td>
    </tr>
    {{/rows}}
    </tbody>
    </table>
    </div>
    </section>
    {{/sections}}
    {{> foot}}
    """

  static let top = """
    {{> head}}
    <title>JWST programmes</title>
    <style>
    {{{style}}}
    </style>
    </head>
    <body>
    <header>
    <h1>JWST programmes</h1>
    <ul class="facts">{{#facts}}<li>{{.}}</li>{{/facts}}</ul>
    <button type="button" id="theme" hidden>Dark</button>
    </header>
    <form id="filter" hidden>
    <label>Find <input id="words" type="search" placeholder="number, target, instrument …" autocomplete="off"></label>
    <output id="count"></output>
    </form>
    <div class="wide">
    <table>
    <thead><tr>{{#columns}}<th scope="col"{{#isSortable}} data-sort{{/isSortable}}>{{title}}</th>{{/columns}}</tr></thead>
    <tbody>
    {{#rows}}
    <tr><td class="previews">{{#preview}}<a href="{{href}}"><img src="{{preview}}" alt="" loading="lazy"></a>{{/preview}}</td>
    <td class="name"><a href="{{href}}">{{program}}</a></td>{{#cells}}<td>{{.}}</td>{{/cells}}</tr>
    {{/rows}}
    </tbody>
    </table>
    </div>
    {{> foot}}
    """
}
