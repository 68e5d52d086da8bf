// The queues: drawn anew when something changes; sound and notices only once somebody switched them on.
import { allow, allowed, chime, connect, draw, notify } from "./live.js";

const live = document.getElementById("live");
connect(live.dataset.live, { drawn: (drawn) => draw(live.querySelector("[data-part=list]"), drawn.list) });

const box = document.getElementById("alerts");
const sound = document.getElementById("alert-sound");
const desktop = document.getElementById("alert-desktop");
const refused = document.getElementById("alert-refused");

if (box) {
  box.hidden = false;
  sound.checked = allowed("sound");
  desktop.checked = allowed("desktop") && "Notification" in window && Notification.permission === "granted";
  desktop.closest("label").hidden = !("Notification" in window);
  sound.addEventListener("change", () => {
    allow("sound", sound.checked);
    if (sound.checked) chime();
  });
  desktop.addEventListener("change", async () => {
    const granted = desktop.checked && (await Notification.requestPermission()) === "granted";
    refused.hidden = !desktop.checked || granted;
    desktop.checked = granted;
    allow("desktop", granted);
    if (granted) notify();
  });
}
