/* Brings live parts of a page up to date, and runs its copy buttons and dialogs. */
(() => {
  'use strict';
  const INTERVAL = 2000;

  // A hidden page asks for nothing. Errors keep what is shown, and the next turn tries again.
  function refresh() {
    if (document.visibilityState === 'visible') {
      document.querySelectorAll('[data-live]').forEach(part => htmx.trigger(part, 'refresh'));
    }
  }

  setInterval(refresh, INTERVAL);
  document.addEventListener('visibilitychange', refresh);

  function announce(text) {
    document.getElementById('announcement').textContent = text;
  }

  async function copy(button) {
    const text = document.getElementById(button.dataset.copy).textContent;
    await navigator.clipboard.writeText(text);
    announce('Copied');
    button.classList.add('done');
    setTimeout(() => button.classList.remove('done'), 1500);
  }

  document.addEventListener('click', event => {
    const button = event.target.closest('button');
    if (!button) {
      return;
    }
    if (button.dataset.copy) {
      copy(button).catch(() => announce('The browser does not allow copying'));
    } else if (button.dataset.opens) {
      document.getElementById(button.dataset.opens).showModal();
    } else if (button.hasAttribute('data-closes')) {
      button.closest('dialog').close();
    }
  });
})();
