/* The forms for new jobs: the draft of the manifest, columns from the header of a file, measures, and the editor. */
(() => {
  'use strict';
  const form = document.getElementById('job-form');
  const PAUSE = 250;
  const HEADER_BYTES = 65536;
  let timer = null;

  function draft() {
    htmx.ajax('POST', form.dataset.draft, {
      source: form, target: '#draft', swap: 'morph', values: Object.fromEntries([...new FormData(form).keys()].map(
        name => [name, new FormData(form).getAll(name)])),
    });
  }

  function draftSoon() {
    clearTimeout(timer);
    timer = setTimeout(draft, PAUSE);
  }

  form.addEventListener('input', draftSoon);
  form.addEventListener('change', draftSoon);
  form.addEventListener('draft', draftSoon);

  // Columns of the header, which the service also checks when the job begins.
  function fields(text) {
    const header = text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/, 1)[0];
    const delimiter = [',', ';', '\t', '|'].reduce((best, each) =>
      header.split(each).length > header.split(best).length ? each : best);
    const names = [];
    let name = '';
    let quoted = false;
    for (let i = 0; i < header.length; i++) {
      const c = header[i];
      if (c === '"') {
        if (quoted && header[i + 1] === '"') {
          name += c;
          i++;
        } else {
          quoted = !quoted;
        }
      } else if (c === delimiter && !quoted) {
        names.push(name);
        name = '';
      } else {
        name += c;
      }
    }
    return [...names, name];
  }

  function choice(field, column, checked) {
    const label = document.createElement('label');
    label.className = 'choice';
    const box = document.createElement('input');
    box.type = 'checkbox';
    box.name = field;
    box.value = column;
    box.checked = checked;
    label.append(box, ' ', column);
    return label;
  }

  function offer(columns) {
    form.querySelectorAll('[data-columns]').forEach(group => {
      const field = group.dataset.columns;
      const before = [...group.querySelectorAll('input')].filter(input => input.type !== 'checkbox' || input.checked)
        .map(input => input.value);
      group.replaceChildren(...columns.map(column => choice(field, column, before.includes(column))));
    });
    const list = document.getElementById('columns');
    if (list) {
      list.replaceChildren(...columns.map(column => new Option(column)));
    }
    draftSoon();
  }

  form.addEventListener('file-chosen', async event => {
    const file = event.detail;
    if (!/\.(gz|zst)$/i.test(file.name)) {
      const columns = fields(await file.slice(0, HEADER_BYTES).text());
      if (columns.some(column => column.trim())) {
        offer(columns);
      }
    }
  });

  const add = document.getElementById('add-measure');
  if (add) {
    add.addEventListener('click', () => {
      const all = form.querySelectorAll('.measure');
      const fresh = all[all.length - 1].cloneNode(true);
      fresh.querySelectorAll('input').forEach(input => { input.value = ''; });
      all[all.length - 1].after(fresh);
      fresh.querySelector('select').focus();
      draftSoon();
    });
    form.addEventListener('click', event => {
      const button = event.target.closest('[data-remove-measure]');
      if (button && form.querySelectorAll('.measure').length > 1) {
        button.closest('.measure').remove();
        draftSoon();
      }
    });
  }

  const quality = document.getElementById('quality');
  if (quality) {
    quality.addEventListener('input', () => { document.getElementById('quality-value').value = quality.value; });
  }

  const editor = document.getElementById('manifest-text');
  if (editor) {
    const numbers = document.getElementById('line-numbers');
    const number = () => {
      const bad = new Set([...document.querySelectorAll('[data-problem-line]')].map(item => item.dataset.problemLine));
      numbers.replaceChildren(...editor.value.split('\n').map((line, i) => {
        const mark = document.createElement('span');
        mark.textContent = `${i + 1}\n`;
        mark.classList.toggle('bad', bad.has(String(i + 1)));
        return mark;
      }));
      numbers.scrollTop = editor.scrollTop;
    };
    document.addEventListener('htmx:afterSwap', number);
    document.addEventListener('click', event => {
      const button = event.target.closest('[data-line]');
      if (button) {
        const lines = editor.value.split('\n');
        const line = Math.min(Number(button.dataset.line), lines.length);
        const start = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0);
        editor.focus();
        editor.setSelectionRange(start, start + lines[line - 1].length);
        editor.scrollTop = (line - 4) * parseFloat(getComputedStyle(editor).lineHeight);
      }
    });
    editor.addEventListener('input', number);
    editor.addEventListener('scroll', () => { numbers.scrollTop = editor.scrollTop; });
    number();
  }
})();
