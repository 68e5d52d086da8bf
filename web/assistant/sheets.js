/** The dialogs over the panel: menu, look-up of a dossier, privacy, going on elsewhere, rating, erasing. */
import { button, drawing, el, iconButton, link, newId } from "./dom.js";
import { dress } from "./panel.js";
import { lasting } from "./storage.js";
import { language, load, t } from "./texts.js";

let dressed = null;

/** Shows `content` as a modal dialog; resolves with what `close(value)` is given, or undefined. */
async function dialog(panel, title, content) {
  await (dressed ??= dress(panel.host, "sheets.css"));
  const name = newId();
  let value;
  return new Promise((done) => {
    const close = (found) => {
      value = found;
      sheet.close();
    };
    const sheet = el("dialog", { class: "sheet", "aria-labelledby": name, onclose: () => (sheet.remove(), done(value)) });
    sheet.append(
      el("div", { class: "head" }, el("h2", { id: name }, title), iconButton(t("closeDialog"), "close", () => close())),
      el("div", { class: "content" }, content(close, sheet)),
    );
    panel.place.append(sheet);
    sheet.showModal();
  });
}

const failing = (error, act) => async () => {
  error.textContent = "";
  try {
    await act();
  } catch (problem) {
    error.textContent = problem.status ? problem.message : t("failed");
  }
};

const alertLine = () => el("p", { class: "error", role: "alert", id: newId() });
const privacyText = ({ conversation }) => {
  const { text, url } = conversation.session?.privacy ?? { text: t("notYet") };
  return el("p", { lang: "vi" }, text, url ? " " : "", url ? link(t("more"), url) : "");
};

/** Telephone and address of the people behind the assistant, among the messages. */
export function contact({ conversation, transcript }) {
  const { phone, address, note } = conversation.session?.contact ?? {};
  transcript.show(el("div", { class: "contact", lang: "vi" },
    phone ? el("p", {}, `${t("phone")}: `, link(phone, `tel:${phone.replace(/[^\d+]/g, "")}`)) : "",
    address ? el("p", {}, `${t("address")}: ${address}`) : "",
    note ? el("p", {}, note) : ""));
}

export function menu(panel) {
  const look = { theme: "auto", large: false, ...lasting.get("look", {}) };
  const set = (more) => {
    lasting.set("look", Object.assign(look, more));
    panel.look();
  };
  const radio = (name, value, now, text, onchange, lang) =>
    el("label", { class: "choice", lang }, el("input", { type: "radio", name, value, checked: value === now, onchange }), el("span", {}, text));
  const speak = async (wanted) => {
    await load(wanted);
    lasting.set("language", wanted);
    panel.build();
    panel.changed();
  };
  return dialog(panel, t("menu"), (close) => {
    const go = (text, act) => button(text, () => (close(), act()), { class: "quiet" });
    const paper = (name) => async () => (await import("./paper.js"))[name](panel);
    return [
      el("fieldset", {}, el("legend", {}, t("language")),
        radio("language", "vi", language, "Tiếng Việt", () => (close(), speak("vi")), "vi"),
        radio("language", "en", language, "English", () => (close(), speak("en")), "en"),
        el("p", {}, t("answersVietnamese"))),
      el("fieldset", {}, el("legend", {}, t("look")),
        ["auto", "light", "dark", "contrast"].map((theme) => radio("theme", theme, look.theme, t(theme), () => set({ theme }))),
        el("label", { class: "choice" }, el("input", { type: "checkbox", checked: look.large, onchange: ({ target }) => set({ large: target.checked }) }), el("span", {}, t("large")))),
      el("div", { class: "actions" },
        go(t("print"), paper("print")), go(t("download"), paper("download")), go(t("elsewhere"), () => elsewhere(panel)),
        go(t("rate"), () => rate(panel)), go(t("privacy"), () => privacy(panel)), go(t("erase"), () => erase(panel))),
    ];
  });
}

/** Privacy notice; with `before`, resolves true when the citizen agrees to go on. */
export const privacy = (panel, before = false) =>
  dialog(panel, t("privacy"), (close) => [
    privacyText(panel),
    before ? el("div", { class: "row" }, button(t("goOn"), () => close(true), { class: "main" }), button(t("cancel"), () => close(false), { class: "quiet" })) : button(t("closeDialog"), () => close(), { class: "main" }),
  ]);

export const lookup = (panel) =>
  dialog(panel, t("lookup"), (close) => {
    const error = alertLine();
    const hint = el("p", { id: newId() }, t("codeHint"));
    const input = el("input", { id: newId(), name: "code", autocomplete: "off", autocapitalize: "characters", spellcheck: "false", "aria-describedby": `${hint.id} ${error.id}` });
    const send = (event) => {
      event.preventDefault();
      const code = input.value.trim().toUpperCase();
      const fits = /^[A-Z]\d{2}(\.[\dA-Z]+)*-\d{6}-\d{3,}$/.test(code);
      error.textContent = fits ? "" : t(code ? "codeWrong" : "codeMissing");
      input.setAttribute("aria-invalid", String(!fits));
      if (!fits) return input.focus();
      close();
      panel.say(`Tra cứu hồ sơ ${code}`);
      panel.composer.focus();
    };
    return [privacyText(panel), el("form", { novalidate: true, onsubmit: send }, el("label", { for: input.id }, t("codeLabel")), hint, input, error, button(t("lookup"), () => {}, { type: "submit", class: "main" }))];
  });

export const erase = (panel) =>
  dialog(panel, t("erase"), (close) => {
    const error = alertLine();
    return [
      el("p", {}, t("eraseSure")), error,
      el("div", { class: "row" },
        button(t("eraseYes"), failing(error, async () => (await panel.conversation.erase(), close())), { class: "main danger" }),
        button(t("eraseNo"), () => close(), { class: "quiet" })),
    ];
  });

export async function rate(panel) {
  const { visit } = await import("./rating.js");
  return dialog(panel, t("rate"), (close, sheet) => {
    const error = alertLine();
    const thank = () => sheet.querySelector(".content").replaceChildren(
      el("p", { role: "status", tabindex: -1 }, t("thanks")),
      el("div", { class: "row" }, button(t("closeDialog"), () => close(), { class: "main" }), button(t("erase"), () => (close(), erase(panel)), { class: "quiet" })));
    const send = (given) => failing(error, async () => {
      await panel.conversation.api.json("POST", "/feedback", { body: { kind: "visit", ...given } });
      thank();
      sheet.querySelector("[role=status]").focus();
    })();
    return [visit(send), error];
  });
}

/** A code, a deep link and its picture: the conversation goes on in Zalo or Telegram only when the citizen asks. */
export const elsewhere = (panel) =>
  dialog(panel, t("elsewhere"), (close) => {
    const error = alertLine();
    const found = el("div", { role: "status" });
    const ask = failing(error, async () => {
      const { code, expires_in, telegram, qr_svg } = await panel.conversation.api.json("POST", "/link", { body: {} });
      found.replaceChildren(
        el("p", {}, t("linkCode"), " ", el("strong", { class: "code" }, code)),
        el("p", {}, t("linkHow", { minutes: Math.round(expires_in / 60) })),
        telegram ? el("p", {}, link(t("telegram"), telegram, { class: "reply" })) : "",
        (qr_svg && picture(qr_svg)) || "");
    });
    const leave = failing(error, async () => (await panel.conversation.unlink(), close()));
    return [el("p", {}, t("linkAbout")), button(t("linkGet"), ask, { class: "main" }), error, found, el("p", {}, t("unlinkAbout")), button(t("unlink"), leave, { class: "quiet" })];
  });

/** The server's QR drawing: only its lines are taken over, never its markup. Null when it has none. */
function picture(svg) {
  const attribute = (tag, name) => new RegExp(`\\s${name}="([\\w#., ()-]*)"`).exec(tag)?.[1];
  const [outer = ""] = /<svg[^>]*>/.exec(svg) ?? [];
  const box = attribute(outer, "viewBox") ?? `0 0 ${attribute(outer, "width")} ${attribute(outer, "height")}`;
  const shapes = [...svg.matchAll(/<path[^>]*>/g)].map(([tag]) =>
    Object.fromEntries(["d", "transform", "stroke", "fill"].map((name) => [name, attribute(tag, name)]).filter(([, value]) => value)));
  return shapes.length ? drawing({ viewBox: box, class: "qr", role: "img", "aria-label": t("qr") }, ...shapes) : null;
}
