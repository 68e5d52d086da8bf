// Talking with a citizen: the conversation as it goes, replies without leaving the page, suggestions, ready replies.
import { connect, draw } from "./live.js";

const live = document.getElementById("live");
const part = (name) => live.querySelector(`[data-part=${name}]`);
const form = document.getElementById("reply");
const thread = part("thread");
const mine = live.dataset.mine === "yes";

const toEnd = () => (thread.scrollTop = thread.scrollHeight);
const atEnd = () => thread.scrollHeight - thread.scrollTop - thread.clientHeight < 80;
toEnd();

function close() {
  if (form) for (const box of form.elements) box.disabled = true;
  document.querySelectorAll("#advice button").forEach((button) => (button.disabled = true));
}

connect(
  live.dataset.live,
  {
    drawn(drawn) {
      if (drawn.thread === undefined) return;
      // Whoever reads back is not pulled to the end, nor out of an older page.
      if (live.dataset.past !== "yes") {
        const end = atEnd();
        draw(thread, drawn.thread);
        if (end) toEnd();
      }
      for (const name of ["state", "notes", "history"]) draw(part(name), drawn[name]);
      if (mine && !drawn.mine) close();
      if (!mine && drawn.mine) location.reload();
    },
    thought(thought) {
      if (!form) return;
      draw(part("advice"), thought.advice);
      offer();
    },
    gone() {
      close();
      document.getElementById("live-gone").hidden = false;
    },
  },
  true,
);

if (form) reply();

function offer() {
  const text = document.getElementById("advice-text");
  document.getElementById("advice-deeds").hidden = !text;
  if (text) document.getElementById("advice-send").disabled = text.textContent.length > Number(form.elements.text.dataset.longest);
}

function reply() {
  const { text, suggested, csrf } = form.elements;
  const longest = Number(text.dataset.longest);
  const count = document.getElementById("text-count");
  const wrong = document.getElementById("text-error");
  const failed = document.getElementById("text-failed");
  const marked = document.getElementById("text-suggested");
  const found = document.getElementById("ready-found");
  const ready = [...document.querySelectorAll("#ready a")];
  let sending = false;

  const freshId = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

  function changed() {
    const left = longest - [...text.value.trim()].length;
    count.textContent = count.dataset.text.replace("#", left);
    count.classList.toggle("error", left < 0);
    if (!text.value.trim()) suggested.value = "";
    marked.hidden = suggested.value !== "yes";
    look();
  }

  function put(words, isSuggested) {
    text.value = words;
    suggested.value = isSuggested ? "yes" : "";
    text.focus();
    const gap = words.indexOf(text.dataset.gap);
    if (gap >= 0) text.setSelectionRange(gap, gap + text.dataset.gap.length);
    changed();
  }

  async function send(words, isSuggested) {
    if (sending || !words.trim() || text.disabled) return false;
    sending = true;
    failed.hidden = true;
    try {
      const body = new URLSearchParams({ text: words, client_id: form.elements.client_id.value, suggested: isSuggested ? "yes" : "" });
      const given = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json", "X-CSRF": csrf.value } });
      if (given.status === 404) {
        document.getElementById("live-gone").hidden = false;
        close();
        return false;
      }
      if (given.status !== 200 && given.status !== 422) throw new Error(String(given.status));
      wrong.textContent = (await given.json()).problem;
      // The same id again says it once; another message gets another.
      if (given.ok) form.elements.client_id.value = freshId();
      if (given.ok) text.removeAttribute("aria-invalid");
      else text.setAttribute("aria-invalid", "true");
      if (given.ok) toEnd();
      return given.ok;
    } catch {
      failed.hidden = false;
      return false;
    } finally {
      sending = false;
    }
  }

  async function sendBox() {
    if (await send(text.value, suggested.value === "yes")) put("", false);
  }

  async function sendAdvice() {
    const advice = document.getElementById("advice-text");
    const button = document.getElementById("advice-send");
    if (!advice || button.disabled) return;
    button.disabled = true;
    if (await send(advice.textContent, true)) {
      document.getElementById("advice-deeds").hidden = true;
      part("advice").replaceChildren();
      text.focus();
    } else {
      offer();
    }
  }

  function editAdvice() {
    const advice = document.getElementById("advice-text");
    if (advice) put(advice.textContent, true);
  }

  // "/" and some letters: ready-made replies; Enter or a click puts the chosen one into the box.
  function look() {
    const typed = /^\/([\w-]*)$/.exec(text.value.trim());
    const matching = typed ? ready.filter((one) => one.dataset.shortcut.startsWith(typed[1].toLowerCase())) : [];
    found.replaceChildren(
      ...matching.map((one) => {
        const row = document.createElement("li");
        const button = document.createElement("button");
        button.type = "button";
        button.className = "plain";
        button.textContent = one.textContent;
        button.addEventListener("click", () => put(one.dataset.text, false));
        row.append(button);
        return row;
      }),
    );
    found.hidden = !matching.length;
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    sendBox();
  });
  text.addEventListener("input", () => {
    wrong.textContent = "";
    text.removeAttribute("aria-invalid");
    changed();
  });
  text.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      sendBox();
    } else if (event.key === "Enter" && !found.hidden) {
      event.preventDefault();
      found.querySelector("button").click();
    } else if (event.key === "ArrowDown" && !found.hidden) {
      event.preventDefault();
      found.querySelector("button").focus();
    }
  });
  found.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const buttons = [...found.querySelectorAll("button")];
    if (event.key === "Escape") text.focus();
    if (!step) return;
    event.preventDefault();
    const next = buttons.indexOf(document.activeElement) + step;
    (buttons[next] ?? text).focus();
  });
  for (const one of ready)
    one.addEventListener("click", (event) => {
      event.preventDefault();
      put(one.dataset.text, false);
    });
  document.getElementById("advice-send").addEventListener("click", sendAdvice);
  document.getElementById("advice-edit").addEventListener("click", editAdvice);
  // By the place of the key: with Alt some keyboards write another letter.
  document.addEventListener("keydown", (event) => {
    if (!event.altKey || event.ctrlKey || event.metaKey || event.repeat) return;
    const deed = { KeyA: sendAdvice, KeyE: editAdvice }[event.code];
    if (!deed) return;
    event.preventDefault();
    deed();
  });
  if (!part("advice").querySelector(".advice")) part("advice").textContent = part("advice").dataset.wait;
  offer();
  changed();
}
