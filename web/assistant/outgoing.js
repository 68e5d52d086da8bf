/** Messages on their way: in order, one at a time, kept over a reload, sent again as the same. */
import { Refused } from "./api.js";
import { tab } from "./storage.js";

export class Outgoing {
  #busy = false;
  #timer = 0;

  /** `accepted(item, seq)`, `refused(item, error)`, `waiting(seconds)`: what became of a message. */
  constructor(api, key, { accepted, refused, waiting, lost }) {
    Object.assign(this, { api, key, accepted, refused, waiting, lost });
    this.items = tab.get(key, []);
    this.tries = 0;
  }

  /** Queues {text} or {button, title}, with files; returns the item. */
  add(message) {
    const item = { client_msg_id: unique(), at: new Date().toISOString(), ...message };
    this.items.push(item);
    this.#save();
    return item;
  }

  async flush() {
    clearTimeout(this.#timer);
    if (this.#busy) return;
    this.#busy = true;
    while (this.items.length) {
      const [item] = this.items;
      const { client_msg_id, text, button, files } = item;
      const body = { client_msg_id, ...(button ? { button } : { text }) };
      if (files?.length) body.files = files.map((file) => file.ref);
      try {
        const { seq } = await this.api.send(body);
        this.tries = 0;
        this.#drop(item);
        this.accepted(item, seq);
      } catch (error) {
        if (error instanceof Refused && [401, 403].includes(error.status)) {
          this.lost(error.status);
          break;
        }
        if (error instanceof Refused && !error.passing) {
          this.#drop(item);
          this.refused(item, error);
          continue;
        }
        const pause = error.wait || Math.min(15, 2 ** this.tries++);
        this.waiting(error, pause);
        this.#timer = setTimeout(() => this.flush(), pause * 1000);
        break;
      }
    }
    this.#busy = false;
  }

  stop() {
    clearTimeout(this.#timer);
    this.items = [];
    tab.drop(this.key);
  }

  #drop(item) {
    this.items = this.items.filter((other) => other !== item);
    this.#save();
  }

  #save() {
    if (this.items.length) tab.set(this.key, this.items);
    else tab.drop(this.key);
  }
}

// crypto.randomUUID is missing on plain http, as in a town hall's test network
const unique = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
