/** One message: who and when, text with links, quick replies, card, files, thumbs. */
import { card } from "./card.js";
import { button, el, icon, iconButton, link, newId } from "./dom.js";
import { lasting } from "./storage.js";
import { clock, size, t } from "./texts.js";

/** Text with the links the server found; `links` are ranges in UTF-16 units. */
export function linked(text, links = []) {
  const parts = [];
  let at = 0;
  for (const { start, end, url } of links) {
    if (!(start >= at && end > start && end <= text.length)) continue;
    parts.push(text.slice(at, start), link(text.slice(start, end), url));
    at = end;
  }
  return [...parts, text.slice(at)];
}

export class Bubble {
  #replies = null;

  /** `message` as on the wire, `pending` on its way; `press(button)` answers a quick reply. */
  constructor(message, { conversation, press, print, pending = false }) {
    const { author, name = "", text, files = [], at } = message;
    this.message = message;
    this.state = el("span", { class: "state" });
    const who = author === "citizen" ? el("span", { class: "unseen" }, `${t("citizen")}, `) : el("span", { class: "who" }, `${t(author)} ${name}`.trim());
    const when = at ? el("time", { datetime: at }, clock(at)) : "";
    this.element = el(
      "li",
      { class: `message ${author}` },
      el("div", { class: "meta" }, who, " ", when),
      el("div", { class: "bubble", lang: "vi" },
        text ? el("p", {}, linked(text, message.links)) : "",
        files.length ? el("ul", { class: "files" }, files.map((file) => el("li", {}, icon("file"), `${file.name} (${size(file.size)})`))) : "",
        message.card ? card(message.card, print) : ""),
      this.state,
    );
    if (message.buttons?.length) this.#offer(message.buttons, press);
    if (author === "assistant" && message.outcome) this.element.append(this.#thumbs(conversation));
    if (pending) this.mark(conversation.connected);
  }

  /** Whether a message is on its way or waits for the network. */
  mark(connected) {
    this.state.textContent = t(connected ? "sending" : "queued");
  }

  refuse(sentence) {
    this.state.textContent = "";
    this.element.append(el("p", { class: "error", role: "alert", lang: "vi" }, sentence));
  }

  /** Only quick replies of the latest answer can be pressed. */
  retire(chosen) {
    for (const choice of this.#replies?.querySelectorAll("button") ?? []) {
      const taken = choice.textContent === chosen;
      choice.replaceWith(el("span", { class: `used${taken ? " taken" : ""}` }, choice.textContent, taken ? el("span", { class: "unseen" }, ` (${t("chosen")})`) : ""));
    }
    this.#replies = null;
  }

  #offer(offers, press) {
    const choices = offers.map((offer) =>
      offer.url ? link(offer.title, offer.url, { class: "reply" }) : button(offer.title, () => this.#replies && press(offer), { class: "reply" }));
    this.#replies = el("div", { class: "replies", role: "group", "aria-label": t("choices"), lang: "vi" }, choices);
    this.element.append(this.#replies);
  }

  #thumbs(conversation) {
    const { seq } = this.message;
    const given = lasting.get("thumbs", {})[seq];
    const judge = async (score) => (await import("./rating.js")).thumb(parts, score, conversation, seq);
    const thumb = (score, name, more) => iconButton(t(name), name, () => judge(score), { "aria-pressed": String(given === score), ...more });
    const place = el("div", { id: newId() });
    const thanks = el("span", { role: "status" });
    const good = thumb(1, "good");
    const bad = thumb(-1, "bad", { "aria-expanded": "false", "aria-controls": place.id });
    const parts = { good, bad, thanks, place };
    return el("div", { class: "thumbs" }, el("div", { role: "group", "aria-label": t("useful") }, good, bad, thanks), place);
  }
}
