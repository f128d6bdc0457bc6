/// What the pages do: sort by a click on a heading, filter by words and file type, switch between light and dark.
///
/// Without scripts the pages show everything in the order of observations.
enum PageScript {
  static let javaScript = """
    (() => {
      'use strict';
      const number = /^[-+\\u2212]?[0-9]+(\\.[0-9]+)?([eE][-+]?[0-9]+)?$/;
      const valueOf = (row, column) => row.cells[column].textContent.trim();
      const compare = (a, b) => {
        if (a === '' || b === '') return a === b ? 0 : a === '' ? 1 : -1;
        if (number.test(a) && number.test(b)) return parseFloat(a.replace('\\u2212', '-')) - parseFloat(b.replace('\\u2212', '-'));
        return a.localeCompare(b, 'en', { numeric: true });
      };
      for (const head of document.querySelectorAll('th[data-sort]')) {
        const button = document.createElement('button');
        button.type = 'button';
        button.textContent = head.textContent;
        head.replaceChildren(button);
        button.addEventListener('click', () => {
          const descending = head.getAttribute('aria-sort') === 'ascending';
          for (const other of head.parentNode.cells) other.removeAttribute('aria-sort');
          head.setAttribute('aria-sort', descending ? 'descending' : 'ascending');
          const body = head.closest('table').tBodies[0];
          const rows = Array.from(body.rows);
          // What is missing stays at the end in both directions.
          rows.sort((a, b) => {
            const [x, y] = [valueOf(a, head.cellIndex), valueOf(b, head.cellIndex)];
            return compare(x, y) * (descending && x !== '' && y !== '' ? -1 : 1);
          });
          body.append(...rows);
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
    """
}
