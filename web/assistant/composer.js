/** Where citizens write: text, files, photos. The draft outlives the panel and a reload. */
import { el, iconButton, newId } from "./dom.js";
import { tab } from "./storage.js";
import { t } from "./texts.js";

export class Composer {
  files = []; // uploaded, to go with the next message
  uploads = 0;

  /** `privacy()`: true once the citizen has read what happens to files. */
  constructor(conversation, privacy) {
    this.conversation = conversation;
    this.privacy = privacy;
    this.error = el("p", { class: "error", id: newId(), role: "alert" });
    this.count = el("p", { class: "count", id: newId() });
    this.chips = el("ul", { class: "files", "aria-label": t("files") });
    this.input = el("textarea", {
      id: newId(), rows: 1, placeholder: t("placeholder"), enterkeyhint: "send", autocomplete: "off",
      "aria-describedby": `${this.error.id} ${this.count.id}`,
      oninput: () => this.#typed(),
      onkeydown: (event) => {
        // Enter also ends a syllable of Vietnamese input methods
        if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
        event.preventDefault();
        this.#send();
      },
    });
    this.input.value = tab.get("draft", "");
    const pick = (capture) => async () => (await import("./files.js")).pick(this, capture);
    this.element = el(
      "form",
      { class: "composer", novalidate: true, onsubmit: (event) => (event.preventDefault(), this.#send()) },
      this.chips, this.error, this.count,
      el("div", { class: "row" },
        iconButton(t("attach"), "file", pick()),
        iconButton(t("photo"), "camera", pick("environment"), { class: "bare camera" }),
        el("label", { for: this.input.id, class: "unseen" }, t("write")),
        this.input,
        iconButton(t("send"), "send", () => {}, { type: "submit", class: "bare send" })),
    );
    this.#typed();
  }

  focus() {
    this.input.focus();
  }

  write(text) {
    this.input.value = text;
    this.#typed();
    this.focus();
  }

  #typed() {
    tab.set("draft", this.input.value);
    const limit = this.conversation.session?.limits.text ?? 1000;
    const { length } = this.input.value;
    this.count.textContent = length > limit * 0.8 ? t("count", { length, limit }) : "";
    if (length <= limit) this.fail("");
    this.input.style.height = "auto";
    if (this.input.value) this.input.style.height = `${this.input.scrollHeight + 4}px`;
  }

  #send() {
    const text = this.input.value.trim();
    const limit = this.conversation.session?.limits.text ?? 1000;
    const { ended, outgoing } = this.conversation;
    if (ended || !outgoing) return this.fail(t(ended || "notYet"));
    if (this.uploads) return this.fail(t("uploading"));
    if (text.length > limit) return this.fail(t("tooLong", { limit }), true);
    if (!text && !this.files.length) return this.fail(t("empty"), true);
    const files = this.files;
    this.files = [];
    this.input.value = "";
    this.chips.replaceChildren();
    this.#typed();
    this.conversation.say({ text, files });
    this.focus();
  }

  fail(sentence, invalid = false) {
    this.error.textContent = sentence;
    this.input.setAttribute("aria-invalid", String(invalid));
  }
}
