/* Uploads a file by the tus protocol (1.0): in parts, again from the last offset after a failure, also after a reload. */
(() => {
  'use strict';
  const ENDPOINT = '/api/v1/uploads';
  const PART = 16 * 1024 * 1024;
  const MAX_DELAY = 10000;
  const VERSION = {'Tus-Resumable': '1.0.0'};

  /* The query that names the namespace of the new job, in which the person must be allowed to store files. */
  function inNamespace() {
    const field = document.getElementById('namespace');
    return field && field.value ? `?namespace=${encodeURIComponent(field.value.trim())}` : '';
  }

  class Upload {
    constructor(file, show) {
      this.file = file;
      this.show = show;
      this.memory = `upload ${file.name} ${file.size} ${file.lastModified}`;
      this.request = null;
      this.paused = false;
      this.removed = false;
    }

    async run() {
      let delay = 500;
      this.paused = false;
      while (!this.removed && !this.paused) {
        try {
          const url = await this.begin();
          const offset = await this.offset(url);
          await this.send(url, offset);
          localStorage.removeItem(this.memory);
          return url;
        } catch (failure) {
          if (this.removed || this.paused) {
            return null;
          }
          if (failure.final) {
            throw failure;
          }
          this.show.waiting(failure.message);
          await new Promise(resume => setTimeout(resume, delay));
          delay = Math.min(MAX_DELAY, delay * 2);
        }
      }
      return null;
    }

    async begin() {
      const known = localStorage.getItem(this.memory);
      if (known) {
        return known;
      }
      const name = btoa(String.fromCharCode(...new TextEncoder().encode(this.file.name)));
      const response = await fetch(ENDPOINT + inNamespace(), {
        method: 'POST',
        headers: {...VERSION, 'Upload-Length': String(this.file.size), 'Upload-Metadata': `filename ${name}`},
      });
      if (response.status !== 201) {
        throw await refusal(response);
      }
      const url = new URL(response.headers.get('Location'), new URL(ENDPOINT, location.href)).pathname;
      localStorage.setItem(this.memory, url);
      return url;
    }

    async offset(url) {
      const response = await fetch(url, {method: 'HEAD', headers: VERSION});
      if (response.status === 404 || response.status === 410) {
        // The service has removed the upload, for example because it has expired: begin again.
        localStorage.removeItem(this.memory);
        throw new Error('the upload begins again');
      }
      if (!response.ok) {
        throw new Error(`the service responds with ${response.status}`);
      }
      return Number(response.headers.get('Upload-Offset'));
    }

    async send(url, offset) {
      this.show.progress(offset);
      while (offset < this.file.size) {
        offset = await this.part(url, offset);
        this.show.progress(offset);
      }
    }

    part(url, offset) {
      return new Promise((resolve, reject) => {
        const request = new XMLHttpRequest();
        this.request = request;
        request.open('PATCH', url);
        request.setRequestHeader('Tus-Resumable', '1.0.0');
        request.setRequestHeader('Upload-Offset', String(offset));
        request.setRequestHeader('Content-Type', 'application/offset+octet-stream');
        request.upload.onprogress = event => this.show.progress(offset + event.loaded);
        request.onload = () => request.status === 204
          ? resolve(Number(request.getResponseHeader('Upload-Offset')))
          : reject(new Error(`the service responds with ${request.status}`));
        request.onerror = () => reject(new Error('the connection is lost'));
        request.onabort = () => reject(new Error('paused'));
        request.send(this.file.slice(offset, offset + PART));
      });
    }

    pause() {
      this.paused = true;
      if (this.request) {
        this.request.abort();
      }
    }

    remove() {
      this.removed = true;
      const url = localStorage.getItem(this.memory);
      localStorage.removeItem(this.memory);
      if (this.request) {
        this.request.abort();
      }
      if (url) {
        fetch(url, {method: 'DELETE', headers: VERSION}).catch(() => {});
      }
    }
  }

  async function refusal(response) {
    const text = await response.text();
    let detail = `the service responds with ${response.status}`;
    try {
      detail = JSON.parse(text).detail || detail;
    } catch {
      // The body is not a problem as JSON; the status has to do.
    }
    const failure = new Error(detail);
    failure.final = response.status >= 400 && response.status < 500 && response.status !== 429;
    return failure;
  }

  const size = new Intl.NumberFormat('en', {maximumSignificantDigits: 3});
  const megabytes = bytes => `${size.format(bytes / 1e6)} MB`;

  document.querySelectorAll('[data-upload]').forEach(box => {
    const input = box.querySelector('input[type=file]');
    const label = box.querySelector('.drop-label b');
    const state = box.querySelector('.drop-state');
    const bar = box.querySelector('progress');
    const text = box.querySelector('[role=status]');
    const pause = box.querySelector('[data-pause]');
    const form = box.closest('form');
    const target = form.querySelector('[name=file]');
    const run = document.getElementById('run');
    const prompt = label.textContent;
    let upload = null;

    const show = {
      progress: bytes => {
        const percent = upload.file.size ? Math.floor(100 * bytes / upload.file.size) : 100;
        bar.value = percent;
        text.textContent = `${percent}%, ${megabytes(bytes)} of ${megabytes(upload.file.size)}`;
      },
      checking: () => { text.textContent = 'All bytes are sent; the service reads them once'; },
      waiting: reason => { text.textContent = `Waiting to continue: ${reason}`; },
    };

    async function location(url) {
      const id = url.split('/').pop();
      const response = await fetch(`/api/v1/files/${id}`);
      if (!response.ok) {
        throw await refusal(response);
      }
      return (await response.json()).uri;
    }

    async function start() {
      const current = upload;
      run.disabled = true;
      pause.hidden = false;
      pause.textContent = 'Pause';
      try {
        const url = await current.run();
        if (url && current === upload) {
          target.value = await location(url);
          text.textContent = `Uploaded, ${megabytes(current.file.size)}`;
          pause.hidden = true;
          run.disabled = false;
          form.dispatchEvent(new Event('draft'));
        }
      } catch (failure) {
        text.textContent = `The upload failed: ${failure.message}`;
        run.disabled = false;
      }
    }

    function choose(file) {
      if (upload) {
        upload.pause();
      }
      const stream = () => new Upload(file, show);
      // An empty file has no parts.
      upload = 'direct' in box.dataset && file.size > 0 ? new DirectUpload(file, show, refusal, stream, inNamespace()) : stream();
      label.textContent = file.name;
      state.hidden = false;
      form.dispatchEvent(new CustomEvent('file-chosen', {detail: file}));
      start();
    }

    input.addEventListener('change', () => input.files[0] && choose(input.files[0]));
    pause.addEventListener('click', () => {
      if (upload.paused) {
        start();
      } else {
        upload.pause();
        pause.textContent = 'Resume';
      }
    });
    box.querySelector('[data-remove]').addEventListener('click', () => {
      upload.remove();
      upload = null;
      input.value = '';
      target.value = '';
      label.textContent = prompt;
      state.hidden = true;
      text.textContent = '';
      run.disabled = false;
      form.dispatchEvent(new Event('draft'));
    });
    ['dragenter', 'dragover'].forEach(type => box.addEventListener(type, event => {
      event.preventDefault();
      box.classList.add('over');
    }));
    box.addEventListener('dragleave', () => box.classList.remove('over'));
    box.addEventListener('drop', event => {
      event.preventDefault();
      box.classList.remove('over');
      if (event.dataTransfer.files[0]) {
        choose(event.dataTransfer.files[0]);
      }
    });
  });
})();
