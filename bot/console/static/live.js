// One stream of events for the page: draws its parts anew, counts in the title, calls attention where allowed.
const SOUND = "console:sound";
const DESKTOP = "console:desktop";
const MOST = 99;

const title = document.title;
let known = null;
let audio = null;

export const allowed = (kind) => localStorage.getItem(kind === "sound" ? SOUND : DESKTOP) === "on";
export const allow = (kind, on) => localStorage.setItem(kind === "sound" ? SOUND : DESKTOP, on ? "on" : "off");

export function chime() {
  audio ??= new AudioContext();
  audio.resume();
  for (const [pitch, after] of [[660, 0], [880, 0.16]]) {
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    const at = audio.currentTime + after;
    tone.frequency.value = pitch;
    volume.gain.setValueAtTime(0.15, at);
    volume.gain.exponentialRampToValueAtTime(0.001, at + 0.3);
    tone.connect(volume).connect(audio.destination);
    tone.start(at);
    tone.stop(at + 0.3);
  }
}

const box = document.getElementById("alerts");

export function notify() {
  if (!box || !("Notification" in window) || Notification.permission !== "granted") return;
  const shown = new Notification(box.dataset.title, { body: box.dataset.body, tag: "console" });
  shown.addEventListener("click", () => {
    window.focus();
    shown.close();
  });
}

function callAttention() {
  const told = document.getElementById("live-told");
  if (told) {
    told.textContent = "";
    setTimeout(() => (told.textContent = told.dataset.text), 50);
  }
  if (allowed("sound")) chime();
  if (allowed("desktop") && document.hidden) notify();
}

function count(drawn) {
  document.title = drawn.waiting ? `(${drawn.waiting > MOST ? `${MOST}+` : drawn.waiting}) ${title}` : title;
  if (known && (drawn.arrived > known.arrived || drawn.heard > known.heard)) callAttention();
  known = { arrived: drawn.arrived, heard: drawn.heard };
}

// Whoever is on a button of the old list stays on it in the new one.
export function draw(part, html) {
  if (part.contains(document.activeElement) && document.activeElement.closest("form")?.dataset.sent) return;
  const id = part.contains(document.activeElement) ? document.activeElement.id : "";
  const fresh = document.createElement("template");
  fresh.innerHTML = html;
  part.replaceChildren(fresh.content);
  if (id) document.getElementById(id)?.focus({ preventScroll: true });
}

const show = (id, on) => {
  const shown = document.getElementById(id);
  if (shown) shown.hidden = !on;
};

// ``handlers``: drawn(data), thought(data), gone(); ``pauses``: without a stream while nobody looks.
export function connect(address, handlers, pauses) {
  let stream = null;
  const open = () => {
    stream = new EventSource(address);
    stream.addEventListener("open", () => show("live-away", false));
    stream.addEventListener("drawn", (event) => {
      const drawn = JSON.parse(event.data);
      count(drawn);
      handlers.drawn(drawn);
    });
    stream.addEventListener("thought", (event) => handlers.thought?.(JSON.parse(event.data)));
    stream.addEventListener("gone", () => {
      stream.close();
      handlers.gone?.();
    });
    stream.addEventListener("ended", () => {
      stream.close();
      show("live-ended", true);
    });
    stream.addEventListener("error", () => {
      if (stream.readyState === EventSource.CLOSED) show("live-ended", true);
      else show("live-away", true);
    });
  };
  open();
  // Browsers allow six connections to one house; a leaving page must not keep one.
  window.addEventListener("pagehide", () => stream.close());
  window.addEventListener("pageshow", (event) => event.persisted && open());
  if (!pauses) return;
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) stream.close();
    else if (stream.readyState === EventSource.CLOSED) open();
  });
}
