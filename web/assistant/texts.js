/** The interface texts of one language. Answers are always Vietnamese. */
let texts = {};
export let language = "vi";

export async function load(wanted) {
  const answer = await fetch(new URL(`../texts.${wanted}.json`, import.meta.url));
  if (!answer.ok) throw new Error(`texts ${answer.status}`);
  texts = await answer.json();
  language = wanted;
}

/** The text named `name`; `{…}` is replaced from `values`. */
export const t = (name, values = {}) => (texts[name] ?? name).replace(/\{(\w+)\}/g, (_, key) => values[key] ?? "");

const locale = () => (language === "en" ? "en-GB" : "vi-VN");

/** "14:05", with the day before it when it is not today. */
export function clock(at) {
  const when = new Date(at);
  const day = when.toDateString() === new Date().toDateString() ? {} : { day: "2-digit", month: "2-digit" };
  return when.toLocaleString(locale(), { hour: "2-digit", minute: "2-digit", ...day });
}

/** An ISO day as 21/11/2026; anything else as it is. */
export const day = (iso) => iso.replace(/^(\d{4})-(\d\d)-(\d\d)$/, "$3/$2/$1");

export const size = (bytes) =>
  bytes < 1048576 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / 1048576).toLocaleString(locale(), { maximumFractionDigits: 1 })} MB`;
