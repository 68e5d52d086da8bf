/** Beside the text of an answer: what to bring, and where it is written. */
import { button, el, link } from "./dom.js";
import { lasting } from "./storage.js";
import { day, t } from "./texts.js";

/** `print(card, ticked)` prints the checklist. */
export function card({ code, name, checklist = [], sources = [] }, print) {
  return el(
    "section",
    { class: "card", "aria-label": name || t("checklist") },
    name ? el("h3", {}, name) : "",
    code ? el("p", { class: "code" }, `${t("code")}: ${code}`) : "",
    checklist.length ? papers(code || name, checklist, (ticked) => print({ code, name, checklist, sources }, ticked)) : "",
    sources.length ? el("div", { class: "sources" }, el("h4", {}, t("sources")), el("ul", {}, sources.map(source))) : "",
  );
}

const source = ({ title, code, url, date }) =>
  el("li", {}, url ? link(title, url) : title, code ? ` – ${code}` : "", date ? `, ${t("dated")} ${day(date)}` : "");

function papers(key, checklist, print) {
  const ticked = () => lasting.get("ticks", {})[key] ?? [];
  const count = el("span", { class: "count" });
  const show = () => (count.textContent = t("ticked", { some: ticked().length, all: checklist.length }));
  const tick = (paper, on) => {
    const others = ticked().filter((other) => other !== paper);
    lasting.set("ticks", { ...lasting.get("ticks", {}), [key]: on ? [...others, paper] : others });
    show();
  };
  const boxes = checklist.map((paper) => {
    const box = el("input", { type: "checkbox", checked: ticked().includes(paper), onchange: () => tick(paper, box.checked) });
    return el("label", {}, box, el("span", {}, paper));
  });
  show();
  return el("fieldset", {}, el("legend", {}, t("checklist"), " ", count), boxes, button(t("printList"), () => print(ticked()), { class: "quiet" }));
}
