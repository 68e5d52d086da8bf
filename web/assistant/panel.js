/** The panel: header, notices, messages, ways on, and where to write. */
import { Composer } from "./composer.js";
import { button, el, icon, iconButton, newId } from "./dom.js";
import { lasting } from "./storage.js";
import { language, load, t } from "./texts.js";
import { Transcript } from "./transcript.js";

const SMALL = matchMedia("(max-width: 520px), (max-height: 480px)");
const DARK = matchMedia("(prefers-color-scheme: dark)");
const CONTRAST = matchMedia("(prefers-contrast: more)");
const RETRY = 5000; // ms until an unreachable server is asked again
const LOOK = 60000; // ms between two looks for banners

let panel = null;

/** The panel in `place`, built once however often it is called. */
export const open = (parts) =>
  (panel ??= build(parts).catch((error) => {
    panel = null;
    throw error;
  }));

/** Adds a style sheet of this folder; adopted, as strict hosts forbid <style>. */
export async function dress(host, name) {
  const answer = await fetch(new URL(name, import.meta.url));
  if (!answer.ok) throw new Error(name);
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(await answer.text());
  host.shadowRoot.adoptedStyleSheets.push(sheet);
}

async function build(parts) {
  await Promise.all([dress(parts.host, "panel.css"), load(parts.host.language)]);
  return new Panel(parts);
}

class Panel {
  opened = false;

  constructor({ host, place, conversation, launcher, changed }) {
    Object.assign(this, { host, place, conversation, launcher, changed });
    const on = (name, act) => conversation.addEventListener(name, ({ detail }) => act(detail));
    on("message", (message) => this.transcript.add(message));
    on("reset", () => this.build());
    on("typing", () => this.#typing());
    on("network", (detail) => this.#network(detail));
    on("pending", (item) => this.transcript.wait(item));
    on("refused", ({ item, error }) => this.transcript.refuse(item, error.message || t("failed")));
    on("ended", (reason) => this.#ended(reason));
    on("expiring", (minutes) => this.#expiring(minutes));
    on("renewed", () => this.notice("time"));
    for (const query of [DARK, CONTRAST]) query.addEventListener("change", () => this.look());
    SMALL.addEventListener("change", () => this.opened && this.#place());
    for (const event of ["resize", "scroll"]) visualViewport.addEventListener(event, () => this.#fit());
    this.build();
  }

  /** Builds everything anew, as in another language; an open panel stays open. */
  build() {
    const { conversation } = this;
    const focused = this.composer?.input === this.host.shadowRoot.activeElement;
    const title = newId();
    this.transcript = new Transcript(conversation, { press: (offer) => this.#press(offer), print: (...found) => this.print(...found) });
    this.composer = new Composer(conversation, () => this.sheet("privacy", true));
    this.status = el("div", { class: "typing", role: "status" });
    this.notices ??= el("div", { class: "notices" });
    this.dialog = el(
      "dialog",
      {
        id: "panel", "aria-labelledby": title,
        onkeydown: (event) => event.key === "Escape" && (event.preventDefault(), this.hide()),
        oncancel: (event) => event.target === this.dialog && (event.preventDefault(), this.hide()),
      },
      el("div", { class: "head" },
        icon("bot"),
        el("div", { class: "name" }, el("h2", { id: title }, t("title")), el("p", {}, t("automatic"))),
        iconButton(t("menu"), "menu", () => this.sheet("menu")),
        iconButton(t("close"), "close", () => this.hide())),
      this.notices, this.transcript.element, this.status,
      el("div", { class: "tools" },
        button([icon("person"), t("person")], () => this.#person(), { class: "quiet" }),
        button([icon("search"), t("lookup")], () => this.sheet("lookup"), { class: "quiet" })),
      this.composer.element,
    );
    this.place.replaceChildren(this.dialog);
    this.place.lang = language;
    this.look();
    this.transcript.fill();
    this.#typing();
    this.#network({});
    if (this.opened) this.#place();
    if (focused) this.composer.focus();
  }

  show() {
    this.opened = true;
    this.#place();
    this.composer.focus();
    this.#begin();
  }

  write(text) {
    this.composer.write(text);
  }

  hide() {
    if (!this.opened) return;
    this.opened = this.conversation.reading = false;
    this.dialog.close();
    document.documentElement.style.removeProperty("overflow");
    this.launcher.focus();
    this.changed();
  }

  /** Colours and size of text as the citizen chose, or as the system says. */
  look() {
    const { theme = "auto", large = false } = lasting.get("look", {});
    const system = CONTRAST.matches ? "contrast" : DARK.matches ? "dark" : "light";
    this.place.dataset.theme = theme === "auto" ? system : theme;
    this.place.classList.toggle("large", large);
  }

  /** Shows `content` as the notice `name`; without content the notice goes. */
  notice(name, ...content) {
    const old = this.notices.querySelector(`[data-name=${name}]`);
    if (old && old.textContent === content[0]) return; // said once is enough
    old?.remove();
    if (content.length) this.notices.append(el("div", { role: "alert", class: "notice", "data-name": name }, content));
  }

  /** Opens a dialog of sheets.js. */
  async sheet(name, ...found) {
    try {
      return (await import("./sheets.js"))[name](this, ...found);
    } catch {
      return this.notice("network", t("offline"));
    }
  }

  async print(...found) {
    (await import("./paper.js")).print(this, ...found);
  }

  say(text) {
    if (this.conversation.outgoing && !this.conversation.ended) this.conversation.say({ text });
  }

  /** What everybody has to know for a while; closed, it comes back once it says something else. */
  async #announce() {
    clearTimeout(this.announcing);
    if (!this.opened) return;
    const said = await this.conversation.api.banners().catch(() => null);
    if (said) {
      const text = said.banners.map((one) => one.text).join("\n");
      const close = () => (lasting.set("banner", text), this.notice("banner"), this.composer.focus());
      const news = text && text !== lasting.get("banner");
      this.notice("banner", ...(news ? [text, iconButton(t("closeDialog"), "close", close)] : []));
    }
    this.announcing = setTimeout(() => this.#announce(), LOOK);
  }

  async #begin() {
    this.conversation.reading = true;
    this.#announce();
    try {
      await this.conversation.begin();
      this.notice("start");
      this.conversation.read();
    } catch {
      this.notice("start", t("unreachable"));
      setTimeout(() => this.opened && this.#begin(), RETRY);
    }
  }

  #place() {
    this.dialog.close();
    // covering the whole screen it must not let the focus wander behind it
    if (SMALL.matches) this.dialog.showModal();
    else this.dialog.show();
    document.documentElement.style.setProperty("overflow", SMALL.matches ? "hidden" : "");
    this.#fit();
    this.transcript.settle();
  }

  #fit() {
    const { height, offsetTop } = visualViewport;
    this.place.style.setProperty("--height", `${height}px`);
    this.place.style.setProperty("--top", `${offsetTop}px`);
  }

  #press({ id, title }) {
    this.conversation.say(id ? { button: id, title } : { text: title });
    this.composer.focus();
  }

  #person() {
    this.say("Gặp cán bộ");
    this.sheet("contact");
  }

  #typing() {
    this.status.textContent = this.conversation.typing ? t("typing") : "";
  }

  #network({ wait, failed }) {
    this.transcript.network();
    if (wait) this.notice("network", t("slower", { wait }));
    else if (!this.conversation.connected) this.notice("network", t("offline"));
    else this.notice("network", ...(failed ? [t("trouble")] : []));
  }

  #expiring(minutes) {
    const offline = () => this.notice("network", t("offline"));
    const more = button(t("renew"), () => this.conversation.renew().catch(offline), { class: "main" });
    this.notice("time", el("span", {}, t("expiring", { minutes })), more);
  }

  #ended(reason) {
    this.build();
    this.notice("time", el("span", {}, t(reason)), button(t("restart"), () => this.#again(), { class: "main" }));
  }

  async #again() {
    this.notice("time");
    this.composer.focus();
    await this.conversation.restart().catch(() => this.notice("network", t("offline")));
  }
}
