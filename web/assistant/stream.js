/** What the server says: an event stream, or polling where streams do not get through. */
import { Refused } from "./api.js";

const TRIES = 3; // failed streams in a row before polling
const POLLS = 20; // polls before a stream is tried again
const PAUSE = 3000; // between polls, ms
const SILENCE = 40000; // a stream that sends not even a ping this long is dead, ms

/** Events of a text/event-stream as {event, data}; `heard` is called for every chunk. */
async function* events(body, heard) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    heard();
    const blocks = (rest + value).replace(/\r\n?/g, "\n").split("\n\n");
    rest = blocks.pop();
    for (const block of blocks) {
      const found = { event: "message", data: "" };
      for (const line of block.split("\n")) {
        const [, field, text] = /^(event|data): ?(.*)$/.exec(line) ?? [];
        if (field === "event") found.event = text;
        else if (field) found.data += text;
      }
      if (found.data) yield found;
    }
  }
}

export class Stream {
  #stop = null;
  #wake = () => {};

  /** `after()`: last number held; `take(event, data)`; `state(connected)`; `lost(status)`. */
  constructor(api, { after, take, state, lost }) {
    Object.assign(this, { api, after, take, state, lost });
  }

  start() {
    if (this.#stop) return;
    this.#stop = new AbortController();
    this.#run(this.#stop.signal);
  }

  stop() {
    this.#stop?.abort();
    this.#stop = null;
    this.#wake();
  }

  /** Try at once, for instance because the network is back. */
  kick() {
    this.#wake();
  }

  async #run(signal) {
    let failures = 0;
    let polls = 0;
    while (!signal.aborted) {
      try {
        if (failures >= TRIES && polls < POLLS) {
          polls += 1;
          await this.#poll();
        } else {
          polls = 0;
          failures += 1; // until something is heard: some proxies accept a stream and swallow it
          await this.#listen(signal, () => (failures = 0));
        }
      } catch (error) {
        if (signal.aborted) return;
        if (error instanceof Refused && [401, 403, 404].includes(error.status)) return this.lost(error.status);
        if (failures > 1 && !(error instanceof Refused)) this.state(false); // one break is no news
      }
      if (!signal.aborted) await this.#rest(failures >= TRIES ? PAUSE : 500 * 2 ** failures);
    }
  }

  async #poll() {
    const { messages, typing } = await this.api.history(this.after());
    this.state(true);
    for (const message of messages) this.take("message", message);
    this.take("typing", { on: Boolean(typing) });
  }

  async #listen(signal, opened) {
    const call = new AbortController();
    const end = () => call.abort();
    let watch = setTimeout(end, SILENCE);
    const heard = () => {
      clearTimeout(watch);
      watch = setTimeout(end, SILENCE);
      opened();
    };
    signal.addEventListener("abort", end);
    try {
      const answer = await this.api.events(this.after(), call.signal);
      this.state(true);
      for await (const { event, data } of events(answer.body, heard)) this.take(event, JSON.parse(data));
    } finally {
      clearTimeout(watch);
      signal.removeEventListener("abort", end);
    }
  }

  #rest(ms) {
    return new Promise((done) => {
      const timer = setTimeout(done, ms);
      this.#wake = () => {
        clearTimeout(timer);
        done();
      };
    });
  }
}
