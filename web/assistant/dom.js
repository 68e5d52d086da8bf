/** Building elements from text, never from markup. */
const SVG = "http://www.w3.org/2000/svg";
const ICONS = {
  close: "M6 6l12 12M18 6L6 18",
  menu: "M4 7h16M4 12h16M4 17h16",
  send: "M4 12l16-8-5 16-3.5-6.5L4 12zm7.5 1.5L20 4",
  file: "M20 11l-8.5 8.5a5 5 0 0 1-7-7L13 4a3.4 3.4 0 0 1 4.8 4.8l-8.4 8.4a1.7 1.7 0 0 1-2.4-2.4L14.5 7.3",
  camera: "M4 8h3.5L9 5.5h6L16.5 8H20v11H4zM12 10a3.2 3.2 0 1 0 0 6.4 3.2 3.2 0 0 0 0-6.4",
  person: "M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8M4.5 20.5c.8-4 3.7-6 7.5-6s6.7 2 7.5 6",
  search: "M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13M15.5 15.5L21 21",
  good: "M7 11v9H4v-9zm0 0l4-7.5c2 0 2.5 1.5 2 3.5l-.7 2.5H18c1.5 0 2.3 1 2 2.5l-1.3 6c-.3 1.3-1 2-2.3 2H7",
  bad: "M7 13V4H4v9zm0 0l4 7.5c2 0 2.5-1.5 2-3.5l-.7-2.5H18c1.5 0 2.3-1 2-2.5L18.7 6c-.3-1.3-1-2-2.3-2H7",
  bot: "M12 3v3.5M7 6.5h10A3.5 3.5 0 0 1 20.5 10v6a3.5 3.5 0 0 1-3.5 3.5H7A3.5 3.5 0 0 1 3.5 16v-6A3.5 3.5 0 0 1 7 6.5M9 11v2M15 11v2M9.5 16h5",
};

/** An element: attributes by name, `on…` functions as listeners, null and false left out. */
export function el(name, attributes = {}, ...children) {
  const found = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) found.addEventListener(key.slice(2), value);
    else if (value !== null && value !== undefined && value !== false) found.setAttribute(key, value === true ? "" : value);
  }
  found.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
  return found;
}

export function drawing(attributes, ...shapes) {
  const found = document.createElementNS(SVG, "svg");
  for (const [key, value] of Object.entries(attributes)) found.setAttribute(key, value);
  for (const shape of shapes) {
    const part = found.appendChild(document.createElementNS(SVG, "path"));
    for (const [key, value] of Object.entries(shape)) part.setAttribute(key, value);
  }
  return found;
}

export const icon = (name) =>
  drawing({ viewBox: "0 0 24 24", class: "icon", "aria-hidden": "true" }, { d: ICONS[name] });

export const button = (text, onclick, attributes = {}) => el("button", { type: "button", onclick, ...attributes }, text);

/** A button that shows only an icon; `name` is read out and shown as tooltip. */
export const iconButton = (name, drawn, onclick, attributes = {}) =>
  button(icon(drawn), onclick, { class: "bare", "aria-label": name, title: name, ...attributes });

/** An address that may be opened (https, tel, our server), or null. */
export function safeUrl(text) {
  try {
    const { href } = new URL(text);
    return /^(https|tel):/.test(href) || href.startsWith(new URL("/", import.meta.url)) ? href : null;
  } catch {
    return null;
  }
}

/** A link that opens beside the page; plain text when the address may not be opened. */
export function link(text, url, attributes = {}) {
  const href = safeUrl(url);
  return href ? el("a", { href, target: "_blank", rel: "noopener noreferrer", ...attributes }, text) : el("span", {}, text);
}

let ids = 0;
export const newId = () => `q${(ids += 1)}`;
