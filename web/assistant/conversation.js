/** One conversation: session, messages, what is being sent; not how it is shown. */
import { Api } from "./api.js";
import { Outgoing } from "./outgoing.js";
import { lasting, tab } from "./storage.js";
import { Stream } from "./stream.js";

const WARN = 2; // minutes before the session ends
const NUDGE = 5000; // ms after which a missing answer is asked for, should the stream be stuck
const IDLE = 60000; // ms a hidden page keeps its stream

/**
 * Events: `message`, `reset` (show everything anew), `typing`, `network`, `pending` (an item), `refused`
 * ({item, error}), `ended` (the reason), `expiring` (minutes), `renewed`, `unread`; details in brackets.
 */
export class Conversation extends EventTarget {
  session = null;
  messages = [];
  last = 0;
  typing = false;
  connected = true;
  ended = "";
  reading = false;
  tabs = new BroadcastChannel("qn-assistant");
  #begun = null;
  #active = Date.now();
  #timers = {};

  constructor(server) {
    super();
    this.api = new Api(server);
    this.stream = new Stream(this.api, {
      after: () => this.last,
      take: (event, data) => this.#take(event, data),
      state: (on) => this.#network(on),
      lost: () => this.#end("expired"),
    });
    const back = () => {
      this.stream.kick();
      this.outgoing?.flush();
    };
    addEventListener("online", back);
    addEventListener("offline", () => this.#network(false));
    document.addEventListener("visibilitychange", () => {
      clearTimeout(this.#timers.idle);
      if (document.hidden) this.#timers.idle = setTimeout(() => this.stream.stop(), IDLE);
      else if (this.session && !this.ended) this.stream.start();
    });
    this.tabs.onmessage = ({ data: { seen, session } }) => {
      if (seen) this.#see(seen, false);
      else if (session !== this.session?.session) this.restart().catch(() => {}); // the next press tries again
    };
  }

  /** Opens or resumes the session and fills the history, once. */
  begin() {
    this.#begun ??= this.#join().catch((error) => {
      this.#begun = null;
      throw error;
    });
    return this.#begun;
  }

  /** A new conversation, or the one another tab has begun. */
  async restart() {
    this.stream.stop();
    this.outgoing?.stop();
    Object.assign(this, { messages: [], last: 0, typing: false, ended: "" });
    this.#begun = null;
    await this.begin();
  }

  get pending() {
    return this.outgoing?.items ?? [];
  }

  get unread() {
    const seen = lasting.get("seen", 0);
    return this.messages.filter(({ seq, author }) => seq > seen && author !== "citizen").length;
  }

  /** Sends {text} or {button, title}, with uploaded files. */
  say(message) {
    this.#active = Date.now();
    const item = this.outgoing.add(message);
    this.#tell("pending", item);
    this.outgoing.flush();
  }

  read() {
    if (this.reading && !document.hidden) this.#see(this.last, true);
  }

  async erase() {
    await this.api.json("DELETE", "/session");
    this.#end("erased");
  }

  /** Leaves a conversation going on elsewhere; begins a new one. */
  async unlink() {
    this.stream.stop(); // or it would tell of the move as well
    await this.api.json("DELETE", "/link").finally(() => this.stream.start());
    this.#forget();
    await this.restart();
  }

  /** Puts off the end of the session. */
  async renew() {
    this.#active = Date.now();
    this.#hold(await this.api.session(this.api.token));
    this.stream.stop(); // it would end with the token it was opened with
    this.stream.start();
    this.#tell("renewed");
  }

  async #join() {
    const open = async () => {
      const saved = lasting.get("session") ?? {};
      const got = await this.api.session(saved.token);
      if (saved.id !== got.session) this.#forget();
      this.#hold(got);
      return saved.id;
    };
    // two tabs opened at the same moment must not begin two conversations
    const before = navigator.locks ? await navigator.locks.request("qn-assistant", open) : await open();
    const { session } = this.session;
    this.outgoing = new Outgoing(this.api, `outgoing:${session}`, {
      accepted: (item, seq) => this.#accepted(item, seq),
      refused: (item, error) => this.#tell("refused", { item, error }),
      waiting: ({ status }, wait) => (status ? this.#tell("network", { wait: status === 429 && wait, failed: true }) : this.#network(false)),
      lost: () => this.#end("expired"),
    });
    for (let more = this.session.last_seq > 0; more; ) {
      const { messages, last_seq } = await this.api.history(this.last);
      for (const message of messages) this.#keep(message);
      more = messages.length > 0 && this.last < last_seq;
    }
    this.#tell("reset");
    this.read();
    this.#tell("unread");
    this.stream.start();
    this.outgoing.flush();
    if (before !== session) this.tabs.postMessage({ session });
  }

  #hold(got) {
    this.session = got;
    this.api.token = got.token;
    lasting.set("session", { id: got.session, token: this.api.home ? undefined : got.token });
    clearTimeout(this.#timers.end);
    clearTimeout(this.#timers.warn);
    this.#timers.warn = setTimeout(() => this.#expiring(), Math.max(0, got.expires_in - WARN * 60) * 1000);
    this.#timers.end = setTimeout(() => this.#end("expired"), got.expires_in * 1000);
  }

  /** Renews silently for who is there; warns who seems to have left. */
  async #expiring() {
    const here = !document.hidden && this.reading && Date.now() - this.#active < 3600000;
    try {
      if (here) return await this.renew();
    } catch {
      // not reached: the warning offers to try again
    }
    this.#tell("expiring", WARN);
  }

  #take(event, data) {
    if (event === "message") {
      if (!this.#keep(data)) return;
      this.#tell("message", data);
      if (data.author !== "citizen") this.#type(false);
      this.read();
      this.#tell("unread");
    } else if (event === "typing") this.#type(data.on);
    else if (event === "end" && data.reason === "moved") this.restart().catch(() => this.#end("expired"));
    else if (event === "end") this.#end(data.reason);
  }

  #keep(message) {
    if (message.seq <= this.last) return false;
    this.last = message.seq;
    this.messages.push(message);
    return true;
  }

  #accepted(item, seq) {
    this.#network(true);
    clearTimeout(this.#timers.nudge);
    this.#timers.nudge = setTimeout(async () => {
      if (this.last > seq || this.ended) return;
      const { messages } = await this.api.history(this.last).catch(() => ({ messages: [] }));
      for (const message of messages) this.#take("message", message);
    }, NUDGE);
  }

  #type(on) {
    if (this.typing === on) return;
    this.typing = on;
    this.#tell("typing");
  }

  #network(on) {
    this.connected = on && navigator.onLine;
    this.#tell("network", {});
  }

  #see(seq, aloud) {
    if (seq <= lasting.get("seen", 0) && aloud) return;
    lasting.set("seen", seq);
    if (aloud) this.tabs.postMessage({ seen: seq });
    this.#tell("unread");
  }

  #forget() {
    for (const key of ["session", "seen", "ticks", "thumbs"]) lasting.drop(key);
    this.api.token = "";
  }

  #end(reason) {
    if (this.ended) return;
    this.stream.stop();
    const unsent = this.pending.map(({ text }) => text).filter(Boolean);
    if (reason === "expired" && unsent.length) tab.set("draft", unsent.join("\n"));
    this.outgoing?.stop();
    for (const timer of Object.values(this.#timers)) clearTimeout(timer);
    this.#forget();
    Object.assign(this, { messages: [], last: 0, typing: false, ended: reason });
    this.#tell("ended", reason);
    this.#tell("unread");
  }

  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}
