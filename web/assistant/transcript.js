/** The messages in order. Read out as they come, never the history. */
import { Bubble } from "./bubble.js";
import { el } from "./dom.js";
import { t } from "./texts.js";

export class Transcript {
  #bubbles = [];
  #pending = new Map();

  /** `press(button)`: a quick reply was pressed; `print(card, ticked)`. */
  constructor(conversation, { press, print }) {
    this.conversation = conversation;
    this.options = { conversation, press, print };
    this.list = el("ol", {});
    this.element = el("div", { class: "transcript", role: "log", "aria-label": t("transcript"), "aria-live": "off", "aria-relevant": "additions", tabindex: 0 }, this.list);
  }

  /** Shows everything anew; live only afterwards, or the history would be read out. */
  fill() {
    const { session, messages, pending, ended } = this.conversation;
    this.element.setAttribute("aria-live", "off");
    this.list.replaceChildren();
    this.#bubbles = [];
    this.#pending.clear();
    if (session && !ended) {
      this.add({ ...session.greeting, author: "assistant", outcome: null }, false);
      this.note(session.privacy.text, session.privacy.url);
    }
    for (const message of messages) this.add(message, false);
    for (const item of pending) this.wait(item);
    this.settle();
    setTimeout(() => this.element.setAttribute("aria-live", "polite"), 150);
  }

  add(message, scroll = true) {
    const mine = message.author === "citizen";
    if (mine) this.#retire(message.text);
    const low = this.#low();
    const bubble = new Bubble(message, this.options);
    const sent = this.#pending.get(message.client_msg_id);
    this.#pending.delete(message.client_msg_id);
    if (sent) sent.element.replaceWith(bubble.element);
    else this.list.insertBefore(bubble.element, this.#pending.values().next().value?.element ?? null);
    this.#bubbles.push(bubble);
    if (!scroll) return;
    if (mine) this.bottom();
    else if (low) this.#scroller.scrollTop += bubble.element.getBoundingClientRect().top - this.#scroller.getBoundingClientRect().top - 8;
  }

  /** A message on its way. */
  wait(item) {
    this.#retire(item.title ?? item.text);
    const message = { author: "citizen", at: item.at, text: item.title ?? item.text, files: item.files };
    const bubble = new Bubble(message, { ...this.options, pending: true });
    this.#pending.set(item.client_msg_id, bubble);
    this.list.append(bubble.element);
    this.bottom();
  }

  network() {
    for (const bubble of this.#pending.values()) bubble.mark(this.conversation.connected);
  }

  refuse(item, sentence) {
    this.#pending.get(item.client_msg_id)?.refuse(sentence);
    this.#pending.delete(item.client_msg_id);
  }

  /** Something the widget itself says; gone after a reload. */
  note(text, url = "") {
    const links = url ? [{ start: text.length + 1, end: text.length + 1 + t("more").length, url }] : [];
    this.add({ author: "system", text: url ? `${text} ${t("more")}` : text, links });
  }

  show(element) {
    this.list.append(el("li", { class: "message system" }, element));
    this.bottom();
  }

  /** Where reading begins: the end of the history, or the greeting. */
  settle() {
    if (this.conversation.messages.length) this.bottom();
    else this.#scroller.scrollTop = 0;
  }

  bottom() {
    this.#scroller.scrollTop = this.#scroller.scrollHeight;
  }

  // on a very low screen the panel scrolls as a whole
  get #scroller() {
    return getComputedStyle(this.element).overflowY === "visible" ? this.element.parentElement : this.element;
  }

  #low() {
    const { scrollHeight, scrollTop, clientHeight } = this.#scroller;
    return scrollHeight - scrollTop - clientHeight < 120;
  }

  #retire(chosen) {
    for (const bubble of this.#bubbles) bubble.retire(chosen);
  }
}
