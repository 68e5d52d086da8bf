/** What the browser remembers: a day, all tabs (`lasting`), or one tab (`tab`). */
const PREFIX = "qn-assistant:";

class Shelf {
  #memory = new Map(); // used where the browser blocks storage
  #open;

  constructor(open) {
    this.#open = open;
  }

  get(key, otherwise = null) {
    try {
      return JSON.parse(this.#open().getItem(PREFIX + key)) ?? otherwise;
    } catch {
      return this.#memory.get(key) ?? otherwise;
    }
  }

  set(key, value) {
    try {
      this.#open().setItem(PREFIX + key, JSON.stringify(value));
    } catch {
      this.#memory.set(key, value);
    }
  }

  drop(key) {
    this.#memory.delete(key);
    try {
      this.#open().removeItem(PREFIX + key);
    } catch {
      // blocked: there was only the memory
    }
  }
}

export const lasting = new Shelf(() => localStorage);
export const tab = new Shelf(() => sessionStorage);
