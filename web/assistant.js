/**
 * The citizen widget: registers <qn-assistant> and adds one unless the page has it, with `server` (default:
 * where this file comes from), `lang` ("vi" | "en") and `open`. Here is only the launcher; the rest loads when
 * it is pressed or, if a conversation is going on, once the page is idle (to count the unread).
 */
const LABELS = {
  vi: {
    hint: "Hỏi thủ tục",
    open: "mở trợ lý tự động",
    close: "đóng trợ lý tự động",
    unread: "tin nhắn chưa đọc",
    failed: "Chưa tải được trợ lý. Anh/chị kiểm tra mạng rồi bấm lại.",
  },
  en: {
    hint: "Ask about services",
    open: "open the assistant",
    close: "close the assistant",
    unread: "unread messages",
    failed: "Not loaded. Check your connection and press again.",
  },
};
const STYLE = `
:host { all: initial; }
#launcher, #failed {
  position: fixed; z-index: 2147483000; right: 16px; bottom: 16px; box-sizing: border-box; max-width: calc(100vw - 32px);
  font: 600 max(1rem, 16px)/1.4 system-ui, "Segoe UI", Roboto, Arial, sans-serif;
}
#launcher {
  display: flex; align-items: center; gap: .5em; min-height: 56px; padding: 0 1.1em; border: 2px solid #fff; border-radius: 28px;
  background: #9b1c1c; color: #fff; cursor: pointer;
}
#launcher:focus-visible { outline: 3px solid #0b57d0; outline-offset: 3px; box-shadow: 0 0 0 3px #fff; }
#launcher svg { width: 1.75em; flex: none; fill: none; stroke: currentColor; stroke-width: 1.8; stroke-linecap: round; }
#badge {
  position: absolute; top: -8px; left: -8px; min-width: 1.7em; padding: .15em; border-radius: 1em; border: 2px solid #9b1c1c; box-sizing: border-box;
  background: #ffd54a; color: #3b0a0a; font-size: .875em;
}
#failed { margin: 0 0 68px; padding: 12px; border: 2px solid; border-radius: 8px; background: #fff; color: #7f1616; }
#badge:empty, #failed:empty { display: none; }
#said { position: fixed; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
@media print { :host { display: none; } }
`;
const SVG = "http://www.w3.org/2000/svg";
const FACE = "M12 2v3.5M5 6h14a2 2 0 0 1 2 2v9a2 2 0 0 1-2 2h-7l-5 4v-4H5a2 2 0 0 1-2-2V8a2 2 0 0 1 2-2M9 10v2M15 10v2M9 15.5h6";

function stored(key) {
  try {
    return JSON.parse(localStorage.getItem(`qn-assistant:${key}`));
  } catch {
    return null; // storage is blocked
  }
}

class Assistant extends HTMLElement {
  #parts = null;
  #conversation = null;
  #panel = null;

  connectedCallback() {
    if (this.#parts) return;
    const root = this.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    root.adoptedStyleSheets = [sheet];
    const add = (name, attributes, parent = root, made = document.createElement(name)) => {
      for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
      return parent.appendChild(made);
    };
    const launcher = add("button", { id: "launcher", type: "button", "aria-expanded": "false", "aria-controls": "place" });
    const icon = add("svg", { viewBox: "0 0 24 24", "aria-hidden": "true" }, launcher, document.createElementNS(SVG, "svg"));
    add("path", { d: FACE }, icon, document.createElementNS(SVG, "path"));
    this.#parts = {
      launcher,
      label: add("span", {}, launcher),
      badge: add("span", { id: "badge", "aria-hidden": "true" }, launcher),
      said: add("div", { id: "said", role: "status" }),
      failed: add("p", { id: "failed", role: "alert" }),
      place: add("div", { id: "place" }),
    };
    launcher.addEventListener("click", () => (this.opened ? this.hide() : this.show()));
    this.#label();
    if (this.hasAttribute("open")) this.show();
    else if (stored("session")) (window.requestIdleCallback ?? setTimeout)(() => this.#talk().catch(() => {}));
  }

  get language() {
    return stored("language") ?? (this.getAttribute("lang") === "en" ? "en" : "vi");
  }

  get opened() {
    return Boolean(this.#panel?.opened);
  }

  /** Opens the panel, once however often it is pressed. */
  async show() {
    const { launcher, failed, place } = this.#parts;
    failed.textContent = "";
    try {
      const [conversation, { open }] = await Promise.all([this.#talk(), import("./assistant/panel.js")]);
      this.#panel = await open({ host: this, place, conversation, launcher, changed: () => this.#label() });
      this.#panel.show();
    } catch {
      failed.textContent = LABELS[this.language].failed;
    }
    this.#label();
  }

  /** Opens the panel with `text` written but not sent, as from the page's search field. */
  async ask(text) {
    await this.show();
    this.#panel?.write(text);
  }

  hide() {
    this.#panel?.hide();
  }

  async #talk() {
    const { Conversation } = await import("./assistant/conversation.js");
    if (!this.#conversation) {
      this.#conversation = new Conversation(this.getAttribute("server") || new URL(import.meta.url).origin);
      this.#conversation.addEventListener("unread", () => this.#label(true));
      if (stored("session")) this.#conversation.begin().catch(() => {});
    }
    return this.#conversation;
  }

  #label(aloud = false) {
    const { label, badge, launcher, said } = this.#parts;
    const texts = LABELS[this.language];
    const count = this.opened ? 0 : (this.#conversation?.unread ?? 0);
    const unread = count ? `${count} ${texts.unread}` : "";
    launcher.lang = said.lang = this.language;
    label.textContent = texts.hint;
    badge.textContent = count > 9 ? "9+" : count || "";
    launcher.setAttribute("aria-label", `${texts.hint}: ${this.opened ? texts.close : texts.open}${unread && `, ${unread}`}`);
    launcher.setAttribute("aria-expanded", String(this.opened));
    if (aloud) said.textContent = unread;
  }
}

if (!customElements.get("qn-assistant")) {
  customElements.define("qn-assistant", Assistant);
  if (!document.querySelector("qn-assistant")) document.body.append(document.createElement("qn-assistant"));
}
