/* A swap style for htmx that changes only the differences, so that focus, scroll positions and selections stay. */
(() => {
  'use strict';

  const isKept = name => name === 'open' || name === 'data-kept';

  function attributes(from, to) {
    for (const {name} of [...from.attributes]) {
      if (!to.hasAttribute(name) && !isKept(name)) {
        from.removeAttribute(name);
      }
    }
    for (const {name, value} of to.attributes) {
      if (from.getAttribute(name) !== value && !isKept(name)) {
        from.setAttribute(name, value);
      }
    }
  }

  const key = node => node.nodeType === Node.ELEMENT_NODE ? node.id : '';
  const isSimilar = (a, b) => a.nodeType === b.nodeType && a.nodeName === b.nodeName && key(a) === key(b);

  function children(from, to) {
    let current = from.firstChild;
    for (const wanted of [...to.childNodes]) {
      let match = current;
      if (key(wanted)) {
        match = [...from.children].find(child => child.id === wanted.id);
      } else if (match && key(match)) {
        match = null;
      }
      if (match && isSimilar(match, wanted)) {
        if (match === current) {
          current = current.nextSibling;
        } else {
          from.insertBefore(match, current);
        }
        morph(match, wanted);
      } else {
        from.insertBefore(wanted, current);
      }
    }
    while (current) {
      const next = current.nextSibling;
      current.remove();
      current = next;
    }
  }

  function morph(from, to) {
    if (from.isEqualNode(to)) {
      return;
    }
    if (from.nodeType !== Node.ELEMENT_NODE) {
      from.nodeValue = to.nodeValue;
    } else if (!from.hasAttribute('data-kept')) {
      attributes(from, to);
      children(from, to);
    }
  }

  htmx.defineExtension('morph', {
    isInlineSwap: style => style === 'morph',
    handleSwap: (style, target, fragment) => {
      if (style !== 'morph') {
        return false;
      }
      morph(target, fragment.firstElementChild || fragment);
      return [target];
    },
  });
})();
