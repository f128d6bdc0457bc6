import Crypto

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What the pages do: sort by a click on a heading, filter by words and file type, switch between light and dark.
///
/// Without scripts the pages show everything in the order of observations.
enum PageScript {
  /// What a browser may run and load for a page: this one script, nothing from elsewhere. Should a text ever slip through
  /// unescaped, it still runs nothing.
  static let policy: String = {
    let digest = SHA256.hash(data: Data(javaScript.text.utf8))
    let sources = "default-src 'none'; img-src file: 'self' data:; style-src 'unsafe-inline'; "
    return sources + "script-src 'sha256-\(Data(digest).base64EncodedString())'; base-uri 'none'; form-action 'none'"
  }()

  static let javaScript = HTML(
    verbatim: """
      (() => {
        'use strict';
        const number = /^[-+\\u2212]?[0-9]+(\\.[0-9]+)?([eE][-+]?[0-9]+)?$/;
        const order = new Intl.Collator('en', { numeric: true });
        const keyOf = text => number.test(text) ? parseFloat(text.replace('\\u2212', '-')) : text;
        const compare = (a, b) => typeof a === 'number' && typeof b === 'number' ? a - b : order.compare(a, b);
        for (const head of document.querySelectorAll('th[data-sort]')) {
          const button = document.createElement('button');
          button.type = 'button';
          button.textContent = head.textContent;
          head.replaceChildren(button);
          button.addEventListener('click', () => {
            const direction = head.getAttribute('aria-sort') === 'ascending' ? -1 : 1;
            for (const other of head.parentNode.cells) other.removeAttribute('aria-sort');
            head.setAttribute('aria-sort', direction < 0 ? 'descending' : 'ascending');
            const body = head.closest('table').tBodies[0];
            const rows = Array.from(body.rows, row => ({ row, key: keyOf(row.cells[head.cellIndex].textContent.trim()) }));
            // What is missing stays at the end in both directions.
            rows.sort((a, b) => (a.key === '') - (b.key === '') || direction * compare(a.key, b.key));
            body.append(...rows.map(({ row }) => row));
          });
        }
        const form = document.getElementById('filter');
        const words = document.getElementById('words');
        const type = document.getElementById('type');
        const count = document.getElementById('count');
        const rows = Array.from(document.querySelectorAll('tbody tr'), row => ({ row, text: row.textContent.toLowerCase() }));
        const filter = () => {
          const wanted = words.value.toLowerCase().split(/\\s+/).filter(Boolean);
          let shown = 0;
          for (const { row, text } of rows) {
            const fits = wanted.every(word => text.includes(word))
              && (!type || !type.value || row.dataset.types.split(' ').includes(type.value));
            row.hidden = !fits;
            if (fits) shown += 1;
          }
          for (const section of document.querySelectorAll('section')) {
            section.classList.toggle('empty', !section.querySelector('tbody tr:not([hidden])'));
          }
          count.textContent = shown === rows.length ? `${rows.length} rows` : `${shown} of ${rows.length} rows`;
        };
        form.hidden = false;
        form.addEventListener('submit', event => event.preventDefault());
        words.addEventListener('input', filter);
        if (type) type.addEventListener('change', filter);
        filter();
        const theme = document.getElementById('theme');
        const isDark = () => document.documentElement.dataset.theme
          ? document.documentElement.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
        const name = () => { theme.textContent = isDark() ? 'Light' : 'Dark'; };
        theme.hidden = false;
        theme.addEventListener('click', () => { document.documentElement.dataset.theme = isDark() ? 'light' : 'dark'; name(); });
        name();
      })();
      """)
}
