/* Says so where an image cannot be shown, for example since its original is no longer on the web. */
(() => {
  'use strict';

  function replace(image) {
    const frame = image.closest('.frame');
    const text = document.createElement('div');
    text.className = 'frame failed';
    text.textContent = 'Cannot be shown';
    frame.replaceWith(text);
  }

  document.querySelectorAll('.frame img').forEach(image => {
    if (image.complete && image.naturalWidth === 0) {
      replace(image);
    } else {
      image.addEventListener('error', () => replace(image));
    }
  });
})();
