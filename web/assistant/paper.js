/** The conversation on paper and as a text file. */
import { el } from "./dom.js";
import { clock, day, t } from "./texts.js";

const STYLE = `body { font: 12pt/1.5 system-ui, sans-serif; color: #000; } p, li { white-space: pre-wrap; }
h1 { font-size: 15pt; } h2 { font-size: 11pt; margin: 1em 0 0; } ul { list-style: none; padding: 0; } p { margin: 0; }`;

function lines({ name, code, checklist = [], sources = [] }, ticked = []) {
  return [
    [name, code].filter(Boolean).join(" – "),
    ...checklist.map((paper) => `${ticked.includes(paper) ? "☑" : "☐"} ${paper}`),
    ...sources.map(({ title, url, date }) => `${t("source")}: ${title}${date ? `, ${t("dated")} ${day(date)}` : ""}${url ? `, ${url}` : ""}`),
  ].filter(Boolean);
}

/** [who and when, text] of every message. */
function said({ session, messages }) {
  const all = session ? [{ ...session.greeting, author: "assistant" }, ...messages] : messages;
  return all.map(({ author, name, at, text, card, files = [] }) => [
    [name ? `${t(author)} ${name}` : t(author), at ? clock(at) : ""].filter(Boolean).join(", "),
    [text, ...files.map((file) => `[${file.name}]`), ...(card ? lines(card) : [])].filter(Boolean).join("\n"),
  ]);
}

/** Prints one card's checklist, or the whole conversation, without the page around it. */
export function print(panel, card, ticked) {
  const frame = el("iframe", { title: t("print"), "aria-hidden": "true", tabindex: -1 });
  Object.assign(frame.style, { position: "fixed", width: "1px", height: "1px", border: 0, opacity: 0 });
  panel.place.append(frame);
  const { contentDocument: page, contentWindow: view } = frame;
  const sheet = new view.CSSStyleSheet();
  sheet.replaceSync(STYLE);
  page.adoptedStyleSheets = [sheet];
  page.documentElement.lang = "vi";
  page.title = t("title");
  page.body.append(el("h1", {}, card ? t("checklist") : t("title")));
  if (card) page.body.append(el("ul", {}, lines(card, ticked).map((line) => el("li", {}, line))));
  else for (const [who, text] of said(panel.conversation)) page.body.append(el("h2", {}, who), el("p", {}, text));
  view.addEventListener("afterprint", () => setTimeout(() => frame.remove()));
  view.print();
}

export function download(panel) {
  const text = said(panel.conversation).map(([who, what]) => `${who}\n${what}\n`).join("\n");
  const href = URL.createObjectURL(new Blob(["\uFEFF", t("title"), "\n\n", text], { type: "text/plain;charset=utf-8" }));
  const anchor = el("a", { href, download: `tro-ly-${new Date().toISOString().slice(0, 10)}.txt`, hidden: true });
  panel.place.append(anchor);
  anchor.click();
  anchor.remove();
  setTimeout(() => URL.revokeObjectURL(href), 10000);
}
