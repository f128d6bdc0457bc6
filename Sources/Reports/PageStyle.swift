/// How the pages look, light and dark.
enum PageStyle {
  static let css = HTML(
    verbatim: """
      :root {
        --paper: #fbfaf7; --card: #ffffff; --ink: #1c1f26; --quiet: #646b78; --line: #e3e0d8; --accent: #9a6a00; --link: #1f5fa8;
        --stripe: #f5f3ee; --sky: #f3f1ea;
        --c0: #1f6fb2; --c1: #c2541b; --c2: #2e8540; --c3: #8a3ea8; --c4: #b3202c; --c5: #0f8a8a; --c6: #8a6d00; --c7: #555f6e;
        color-scheme: light;
      }
      @media (prefers-color-scheme: dark) {
        :root:not([data-theme=light]) {
          --paper: #10131a; --card: #171b24; --ink: #e6e8ee; --quiet: #98a1b3; --line: #2a303d; --accent: #f0b429; --link: #8ab8f0;
          --stripe: #1b202b; --sky: #0b0e14;
          --c0: #6cb6ff; --c1: #ff9e64; --c2: #7ee08a; --c3: #d39bf0; --c4: #ff7b86; --c5: #5ed3d3; --c6: #e0c04a; --c7: #a9b3c3;
          color-scheme: dark;
        }
      }
      :root[data-theme=dark] {
        --paper: #10131a; --card: #171b24; --ink: #e6e8ee; --quiet: #98a1b3; --line: #2a303d; --accent: #f0b429; --link: #8ab8f0;
        --stripe: #1b202b; --sky: #0b0e14;
        --c0: #6cb6ff; --c1: #ff9e64; --c2: #7ee08a; --c3: #d39bf0; --c4: #ff7b86; --c5: #5ed3d3; --c6: #e0c04a; --c7: #a9b3c3;
        color-scheme: dark;
      }
      * { box-sizing: border-box; }
      body { margin: 0 auto; max-width: 1500px; padding: 1.2rem 1.6rem 3rem; background: var(--paper); color: var(--ink);
        font: 15px/1.45 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
      a { color: var(--link); text-decoration: none; }
      a:hover, a:focus-visible { text-decoration: underline; }
      header { position: relative; padding-right: 6rem; }
      .path { margin: 0; font-size: .9rem; }
      h1 { margin: .2rem 0 .3rem; font-size: 1.55rem; font-weight: 600; }
      h1 span { color: var(--accent); margin-right: .4rem; }
      h2 { margin: 2rem 0 .1rem; font-size: 1.15rem; font-weight: 600; }
      .facts { display: flex; flex-wrap: wrap; gap: .1rem 1.2rem; margin: 0 0 .6rem; padding: 0; list-style: none; color: var(--quiet); }
      #theme { position: absolute; top: 0; right: 0; }
      button, input, select { font: inherit; color: var(--ink); background: var(--card); border: 1px solid var(--line); border-radius: 7px;
        padding: .3rem .7rem; }
      button { cursor: pointer; }
      figure { margin: 1rem 0; }
      .sky { display: block; width: 100%; max-width: 860px; height: auto; background: var(--sky); border: 1px solid var(--line); border-radius: 10px; }
      .sky text { fill: var(--quiet); font-size: 12px; }
      .compass path { stroke: var(--quiet); stroke-width: 1.3; fill: none; }
      .footprint { fill-opacity: .08; stroke-width: 1.1; }
      .footprint:hover { fill-opacity: .5; }
      .c0 { fill: var(--c0); stroke: var(--c0); } .c1 { fill: var(--c1); stroke: var(--c1); } .c2 { fill: var(--c2); stroke: var(--c2); }
      .c3 { fill: var(--c3); stroke: var(--c3); } .c4 { fill: var(--c4); stroke: var(--c4); } .c5 { fill: var(--c5); stroke: var(--c5); }
      .c6 { fill: var(--c6); stroke: var(--c6); } .c7 { fill: var(--c7); stroke: var(--c7); }
      #filter:not([hidden]) { display: flex; flex-wrap: wrap; align-items: center; gap: .5rem 1.2rem; position: sticky; top: 0; z-index: 3;
        padding: .6rem 0; background: var(--paper); }
      #words { width: 18rem; max-width: 60vw; margin-left: .3rem; }
      #type { margin-left: .3rem; }
      output { color: var(--quiet); }
      nav { display: flex; flex-wrap: wrap; gap: .3rem .9rem; font-size: .92rem; }
      .wide { overflow-x: auto; background: var(--card); border: 1px solid var(--line); border-radius: 10px; }
      table { border-collapse: collapse; width: 100%; font-size: .88rem; }
      th, td { padding: .4rem .7rem; text-align: left; vertical-align: middle; white-space: nowrap; }
      th { font-weight: 600; color: var(--quiet); border-bottom: 1px solid var(--line); }
      tbody tr:nth-child(even) { background: var(--stripe); }
      td.name { font-family: ui-monospace, "SF Mono", Menlo, Consolas, monospace; font-size: .82rem; }
      td.text { white-space: normal; min-width: 14rem; }
      td, li, a, span { unicode-bidi: isolate; }
      td.files { white-space: normal; min-width: 16rem; }
      td.files a, td.files span { display: inline-block; margin: .1rem .15rem; padding: .02rem .5rem; border: 1px solid var(--line); border-radius: 99px;
        font-size: .8rem; }
      td.files span { color: var(--quiet); border-style: dashed; opacity: .75; }
      td.files a.odd { border-color: var(--c4); color: var(--c4); }
      td.previews { white-space: nowrap; }
      td.previews img { max-height: 84px; max-width: 140px; margin-right: .25rem; border-radius: 5px; vertical-align: middle; background: #000; }
      td.previews img[width], td.previews img[height] { max-height: none; max-width: none; }
      th button { all: unset; cursor: pointer; }
      th button:focus-visible { outline: 2px solid var(--link); border-radius: 3px; }
      th[aria-sort] { color: var(--ink); }
      th[aria-sort=ascending] button::after { content: " \\25B2"; font-size: .7em; }
      th[aria-sort=descending] button::after { content: " \\25BC"; font-size: .7em; }
      section.empty { display: none; }
      footer { margin-top: 2.5rem; color: var(--quiet); font-size: .85rem; }
      @media print { #filter, #theme, nav { display: none !important; } .wide { overflow: visible; } }
      """)
}
