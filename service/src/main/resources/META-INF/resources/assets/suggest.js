/* Suggestions of fields and values in the editor of manifests, from the schema of a FileJob. */
(() => {
  'use strict';
  const box = document.getElementById('editor-box');
  const editor = document.getElementById('manifest-text');
  const list = document.getElementById('suggestions');
  const announcement = document.getElementById('announcement');
  const KEY = /^(?:"([^"]*)"|'([^']*)'|([\w./-]+))\s*:(?:\s+|$)/;
  let schema = null;
  let shown = [];
  let active = -1;
  let place = null;

  /* The items and the key of a line, from left to right, each with its column. */
  function entries(line) {
    const found = [];
    let column = /^ */.exec(line)[0].length;
    let rest = line.slice(column);
    for (let dash = /^- +|^-$/.exec(rest); dash; dash = /^- +|^-$/.exec(rest)) {
      found.push({column, item: true});
      column += dash[0].length;
      rest = rest.slice(dash[0].length);
    }
    const key = KEY.exec(rest);
    if (key) {
      found.push({column, key: key[1] || key[2] || key[3]});
    }
    return found;
  }

  /* The path to the mapping at a column of the last line, from the lines above it and the items before it. */
  function parents(lines, items, column) {
    const path = [];
    let limit = column;
    let isList = false;
    const above = lines.filter(line => !/^\s*(#|$)/.test(line)).flatMap(entries).concat(items);
    for (const entry of above.reverse()) {
      const fits = entry.column < limit || (isList && !entry.item && entry.column === limit);
      if (fits) {
        path.unshift(entry.item ? '[]' : entry.key);
        limit = entry.column;
        isList = Boolean(entry.item);
      }
    }
    return path;
  }

  /* The path, and the part of a name or value, at the end of a text in flow style such as {files: 3, se */
  function flow(text) {
    const stack = [];
    let word = '';
    for (const c of text) {
      const top = stack[stack.length - 1];
      if (c === '{' || c === '[') {
        stack.push({list: c === '[', key: null});
        word = '';
      } else if (c === '}' || c === ']') {
        stack.pop();
        word = '';
      } else if (c === ',') {
        if (top) {
          top.key = null;
        }
        word = '';
      } else if (c === ':' && top && !top.list) {
        top.key = word.trim();
        word = '';
      } else {
        word += c;
      }
    }
    const path = [];
    stack.forEach((level, i) => {
      if (level.list) {
        path.push('[]');
      } else if (level.key !== null) {
        path.push(level.key);
      }
    });
    const top = stack[stack.length - 1];
    return {path, isKey: Boolean(top) && !top.list && top.key === null, isFlow: stack.length > 0, prefix: word.trimStart()};
  }

  function context() {
    const lines = editor.value.slice(0, editor.selectionStart).split('\n');
    const line = lines.length;
    const head = lines.pop();
    const found = entries(head);
    const items = found.filter(entry => entry.item);
    const lead = /^ *(?:- +)*/.exec(head)[0];
    const rest = head.slice(lead.length);
    const path = parents(lines, items, lead.length);
    const key = KEY.exec(rest);
    let inside = {path: [], isKey: true, isFlow: false, prefix: rest};
    if (key) {
      inside = flow(rest.slice(key[0].length));
      inside.path.unshift(key[1] || key[2] || key[3]);
    } else if (/^[{[]/.test(rest)) {
      inside = flow(rest);
    }
    return {...inside, path: [...path, ...inside.path], line, column: head.length - inside.prefix.length, indent: lead.length};
  }

  function find(path) {
    return path.reduce((node, step) => node && (step === '[]' ? node.items : (node.properties || {})[step]), schema);
  }

  function sentence(text) {
    return (text || '').split(/(?<=\.) /)[0];
  }

  function options(at) {
    const node = find(at.path);
    if (!node) {
      return [];
    }
    const all = at.isKey
      ? Object.entries(node.properties || {}).map(([name, field]) => ({name, text: sentence(field.description), field}))
      : (node.enum || (node.type === 'boolean' ? [true, false] : [])).map(value => ({name: String(value), text: ''}));
    return all.filter(option => option.name.toLowerCase().startsWith(at.prefix.toLowerCase()) && option.name !== at.prefix);
  }

  function close() {
    list.hidden = true;
    shown = [];
    active = -1;
    editor.removeAttribute('aria-activedescendant');
  }

  function activate(index) {
    active = index;
    [...list.children].forEach((option, i) => option.setAttribute('aria-selected', String(i === active)));
    if (active >= 0) {
      editor.setAttribute('aria-activedescendant', list.children[active].id);
      list.children[active].scrollIntoView({block: 'nearest'});
    } else {
      editor.removeAttribute('aria-activedescendant');
    }
  }

  function show(isAsked) {
    const at = context();
    const found = schema && editor.selectionStart === editor.selectionEnd ? options(at) : [];
    if (found.length === 0 || (!isAsked && at.prefix === '')) {
      close();
      if (isAsked) {
        announcement.textContent = 'No suggestions here';
      }
      return;
    }
    place = at;
    shown = found;
    list.replaceChildren(...found.map((option, i) => {
      const item = document.createElement('li');
      item.id = `suggestion-${i}`;
      item.setAttribute('role', 'option');
      const name = document.createElement('b');
      name.textContent = option.name;
      const text = document.createElement('span');
      text.textContent = option.text;
      item.append(name, ' ', text);
      return item;
    }));
    list.hidden = false;
    const style = getComputedStyle(editor);
    const bounds = box.getBoundingClientRect();
    const top = editor.getBoundingClientRect().top - bounds.top + parseFloat(style.paddingTop);
    list.style.top = `${Math.min(bounds.height, top + at.line * parseFloat(style.lineHeight) - editor.scrollTop)}px`;
    list.style.left = `min(${at.column + 4}ch, calc(100% - ${list.offsetWidth}px))`;
    activate(isAsked ? 0 : -1);
    announcement.textContent = `${found.length} suggestions`;
  }

  function inserted(option) {
    if (!place.isKey) {
      return option.name;
    }
    const type = option.field.type;
    if (place.isFlow || (type !== 'object' && type !== 'array')) {
      return `${option.name}: `;
    }
    return `${option.name}:\n${' '.repeat(place.indent + 2)}${type === 'array' ? '- ' : ''}`;
  }

  function accept(index) {
    const text = inserted(shown[index]);
    const end = editor.selectionStart;
    close();
    editor.setRangeText(text, end - place.prefix.length, end, 'end');
    editor.dispatchEvent(new Event('input', {bubbles: true}));
    show(false);
  }

  editor.addEventListener('keydown', event => {
    if (event.ctrlKey && event.key === ' ') {
      event.preventDefault();
      show(true);
    } else if (!list.hidden && event.key === 'Escape') {
      event.preventDefault();
      close();
    } else if (!list.hidden && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      event.preventDefault();
      const step = event.key === 'ArrowDown' ? 1 : active < 0 ? 0 : -1;
      activate((active + step + shown.length) % shown.length);
    } else if (!list.hidden && active >= 0 && (event.key === 'Enter' || event.key === 'Tab')) {
      event.preventDefault();
      accept(active);
    }
  });
  editor.addEventListener('input', event => {
    if (event.isTrusted) {
      show(false);
    }
  });
  ['blur', 'click', 'scroll'].forEach(type => editor.addEventListener(type, close));
  list.addEventListener('wheel', event => {
    event.preventDefault();
    list.scrollTop += event.deltaY;
  }, {passive: false});
  list.addEventListener('mousedown', event => {
    event.preventDefault();
    const option = event.target.closest('[role=option]');
    if (option) {
      accept([...list.children].indexOf(option));
    }
  });

  fetch(box.dataset.schema).then(response => response.json()).then(json => { schema = json; });
})();
