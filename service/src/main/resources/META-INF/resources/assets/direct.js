/* Uploads a file in parts that the browser sends to the object storage itself, or through the service if it cannot. */
window.DirectUpload = (() => {
  'use strict';
  const ENDPOINT = '/api/v1/multipart-uploads';
  const PAGE = 1000;
  const AT_ONCE = 3;
  const ATTEMPTS = 3;
  const FIRST_DELAY = 500;
  const MAX_DELAY = 10000;
  const GONE = [404, 409, 410];

  const wait = delay => new Promise(resume => setTimeout(resume, delay));

  function json(method, body) {
    return {method, headers: {'Content-Type': 'application/json'}, body: JSON.stringify(body)};
  }

  return class DirectUpload {
    /*
     * refusal makes an error of a response of the service, stream an upload through the service; query is that of the
     * request that begins an upload.
     */
    constructor(file, show, refusal, stream, query) {
      this.file = file;
      this.query = query;
      this.show = show;
      this.refusal = refusal;
      this.newStream = stream;
      this.stream = null;
      this.memory = `parts ${file.name} ${file.size} ${file.lastModified}`;
      this.attempt = {requests: new Map(), over: false};
      this.stopped = false;
      this.removed = false;
      this.joining = false;
      this.clear();
    }

    get paused() {
      return this.stream ? this.stream.paused : this.stopped;
    }

    clear() {
      this.id = null;
      this.parts = new Map();
      this.tags = new Map();
    }

    forget() {
      this.clear();
      localStorage.removeItem(this.memory);
    }

    async run() {
      this.stopped = false;
      let delay = FIRST_DELAY;
      while (!this.stream && !this.removed && !this.stopped) {
        const stored = this.tags.size;
        this.attempt = {requests: new Map(), over: false};
        try {
          return await this.send(this.attempt);
        } catch (failure) {
          this.end();
          if (this.removed || this.stopped) {
            return null;
          }
          if (failure.unreachable) {
            this.abort();
            this.stream = this.newStream();
          } else if (failure.final) {
            this.forget();
            throw failure;
          } else {
            this.show.waiting(failure.message);
            delay = this.tags.size > stored ? FIRST_DELAY : Math.min(MAX_DELAY, delay * 2);
            await wait(delay);
          }
        }
      }
      return this.stream ? this.stream.run() : null;
    }

    async send(attempt) {
      if (!this.joining) {
        await this.open();
        await Promise.all(Array.from({length: AT_ONCE}, () => this.sendNext(attempt)));
        this.joining = true;
      }
      this.show.checking();
      const parts = [...this.tags].map(([number, etag]) => ({number, etag}));
      const response = await fetch(`${ENDPOINT}/${this.id}/complete`, json('POST', {parts}));
      if (!response.ok) {
        const failure = await this.refusal(response);
        // Another request completes the upload: this one after that.
        failure.final = failure.final && response.status !== 423;
        this.joining = !failure.final;
        throw failure;
      }
      localStorage.removeItem(this.memory);
      return `${ENDPOINT}/${this.id}`;
    }

    /* Continues an upload, also of an earlier page, or begins one. */
    async open() {
      const known = this.id || localStorage.getItem(this.memory);
      if (known && await this.look(known)) {
        return;
      }
      const response = await fetch(ENDPOINT + this.query, json('POST', {name: this.file.name, bytes: this.file.size}));
      if (!response.ok) {
        const failure = await this.refusal(response);
        failure.unreachable = GONE.includes(response.status);
        throw failure;
      }
      this.take(await response.json());
      localStorage.setItem(this.memory, this.id);
    }

    /* Reads the state of all parts; returns whether there is an upload that can continue. */
    async look(id) {
      for (let after = 0; after !== undefined;) {
        const response = await fetch(`${ENDPOINT}/${id}?after=${after}&limit=${PAGE}`);
        if (GONE.includes(response.status)) {
          this.forget();
          return false;
        }
        if (!response.ok) {
          throw await this.refusal(response);
        }
        const state = await response.json();
        this.take(state);
        after = state.next;
      }
      return true;
    }

    take(state) {
      this.id = state.id;
      this.count = state.partCount;
      this.partBytes = state.partBytes;
      for (const part of state.parts) {
        this.parts.set(part.number, part);
        if (part.etag) {
          this.tags.set(part.number, part.etag);
        } else {
          this.tags.delete(part.number);
        }
      }
    }

    /* Sends parts until none is left that no other call sends. */
    async sendNext(attempt) {
      for (let number = 1; number <= this.count; number++) {
        if (!this.tags.has(number) && !attempt.requests.has(number)) {
          attempt.requests.set(number, null);
          await this.sendPart(number, attempt);
          attempt.requests.delete(number);
        }
      }
    }

    async sendPart(number, attempt) {
      let delay = FIRST_DELAY;
      for (let left = ATTEMPTS; !attempt.over; left--) {
        try {
          this.tags.set(number, await this.put(await this.part(number), attempt));
          this.progress(attempt);
          return;
        } catch (failure) {
          // Its URL may have expired.
          this.parts.delete(number);
          if (attempt.over || failure.final || failure.unreachable || left === 1) {
            failure.unreachable = failure.unreachable || (left === 1 && this.tags.size === 0);
            throw failure;
          }
          await wait(delay);
          delay *= 2;
        }
      }
      throw new Error('paused');
    }

    /* Returns a part with its URL. */
    async part(number) {
      if (!this.parts.has(number)) {
        const response = await fetch(`${ENDPOINT}/${this.id}?after=${number - 1}`);
        if (!response.ok) {
          const failure = await this.refusal(response);
          // The upload has expired: it begins again.
          failure.final = failure.final && !GONE.includes(response.status);
          throw failure;
        }
        (await response.json()).parts.forEach(part => this.parts.set(part.number, part));
      }
      return this.parts.get(number);
    }

    put(part, attempt) {
      return new Promise((resolve, reject) => {
        const request = new XMLHttpRequest();
        attempt.requests.set(part.number, request);
        request.open('PUT', part.url);
        request.upload.onprogress = event => {
          request.sent = event.loaded;
          this.progress(attempt);
        };
        request.onload = () => {
          const tag = request.getResponseHeader('ETag');
          if (request.status === 200 && tag) {
            resolve(tag);
          } else {
            const failure = new Error(`the storage responds with ${request.status}`);
            failure.unreachable = request.status === 200;
            reject(failure);
          }
        };
        request.onerror = () => reject(new Error('the connection to the storage is lost'));
        request.onabort = () => reject(new Error('paused'));
        request.send(this.file.slice(part.offset, part.offset + part.bytes));
      });
    }

    progress(attempt) {
      let bytes = 0;
      this.tags.forEach((_, number) => {
        bytes += Math.min(this.partBytes, this.file.size - (number - 1) * this.partBytes);
      });
      attempt.requests.forEach((request, number) => {
        bytes += request && !this.tags.has(number) ? request.sent || 0 : 0;
      });
      this.show.progress(Math.min(bytes, this.file.size));
    }

    end() {
      this.attempt.over = true;
      this.attempt.requests.forEach(request => request && request.abort());
    }

    abort() {
      const id = this.id || localStorage.getItem(this.memory);
      this.forget();
      if (id) {
        fetch(`${ENDPOINT}/${id}`, {method: 'DELETE'}).catch(() => {});
      }
    }

    pause() {
      if (this.stream) {
        this.stream.pause();
      } else {
        this.stopped = true;
        this.end();
      }
    }

    remove() {
      this.removed = true;
      if (this.stream) {
        this.stream.remove();
        return;
      }
      this.end();
      if (localStorage.getItem(this.memory)) {
        this.abort();
      }
    }
  };
})();
