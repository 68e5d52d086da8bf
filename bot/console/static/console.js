// Keyboard shortcuts: whatever has data-keys ("g q": one key after the other). Everything works without them.
const PAUSE = 1200;
const STORED = "console:shortcuts";

const dialog = document.getElementById("shortcuts");
const tick = document.getElementById("use-shortcuts");
let typed = [];
let timer = 0;

const used = () => localStorage.getItem(STORED) !== "off";

const isTyping = (target) =>
  target instanceof Element && (target.closest("input:not([type=checkbox], [type=radio]), textarea, select") !== null || target.isContentEditable);

const targets = () => [...document.querySelectorAll("[data-keys]")].filter((box) => !box.disabled && box.checkVisibility());

const nameOf = (box) =>
  box.dataset.keysName || box.getAttribute("aria-label") || (box.labels && box.labels[0]?.textContent) || box.textContent;

function act(box) {
  box.focus();
  if (box.matches("a, button, summary, input[type=checkbox], input[type=radio]")) box.click();
}

function list() {
  const keys = dialog.querySelector(".keys");
  keys.replaceChildren(keys.firstElementChild);
  for (const box of targets()) {
    const row = document.createElement("div");
    const term = document.createElement("dt");
    for (const key of box.dataset.keys.split(" ")) {
      const cap = document.createElement("kbd");
      cap.textContent = key;
      term.append(cap, " ");
    }
    const name = document.createElement("dd");
    name.textContent = nameOf(box).trim();
    row.append(term, name);
    keys.append(row);
  }
  tick.checked = used();
  dialog.showModal();
}

function press(event) {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || dialog.open || isTyping(event.target)) return;
  if (event.key === "?" && used()) {
    event.preventDefault();
    list();
    return;
  }
  if (event.key.length !== 1 || !used()) return;
  clearTimeout(timer);
  typed.push(event.key.toLowerCase());
  const isBegun = (keys) => typed.every((key, place) => keys[place] === key);
  let possible = targets().filter((box) => isBegun(box.dataset.keys.split(" ")));
  if (!possible.length && typed.length > 1) {
    typed = typed.slice(-1);
    possible = targets().filter((box) => isBegun(box.dataset.keys.split(" ")));
  }
  const whole = possible.find((box) => box.dataset.keys.split(" ").length === typed.length);
  if (whole) {
    event.preventDefault();
    typed = [];
    act(whole);
  } else if (possible.length) {
    timer = setTimeout(() => (typed = []), PAUSE);
  } else {
    typed = [];
  }
}

// A form sent twice would do its deed twice.
function once(event) {
  if (event.defaultPrevented || event.target.method !== "post") return;
  if (event.target.dataset.sent) event.preventDefault();
  event.target.dataset.sent = "yes";
  // Where the answer is a file the page stays.
  setTimeout(() => delete event.target.dataset.sent, 3000);
}

if (dialog) {
  const opener = document.getElementById("show-shortcuts");
  opener.hidden = false;
  opener.addEventListener("click", list);
  tick.addEventListener("change", () => localStorage.setItem(STORED, tick.checked ? "on" : "off"));
  document.addEventListener("keydown", press);
}
document.addEventListener("submit", once);
// Coming back by the browser's button shows the page as it was left.
window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent));
const wrong = document.querySelector("[aria-invalid=true]");
if (wrong) wrong.focus();
