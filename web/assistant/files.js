/** Lets citizens choose a file or take a photo, and uploads it to go with the next message. */
import { Refused } from "./api.js";
import { el, icon, iconButton } from "./dom.js";
import { tab } from "./storage.js";
import { size, t } from "./texts.js";

const MOST = 5; // of one message, as the server takes them

/** Asks for a file; the first time only after the citizen has read what happens to it. */
export async function pick(composer, capture) {
  const { session } = composer.conversation;
  if (!session) return composer.fail(t("notYet"));
  const { version } = session.privacy;
  if (tab.get("privacy") !== version) {
    if (!(await composer.privacy())) return;
    tab.set("privacy", version);
  }
  const input = el("input", { type: "file", accept: capture ? "image/*" : session.limits.file_types.join(), capture });
  input.addEventListener("change", () => attach(composer, input.files[0]));
  input.click();
}

async function attach(composer, file) {
  const { conversation, chips } = composer;
  const { file_bytes, file_types } = conversation.session.limits;
  if (composer.files.length + composer.uploads >= MOST) return composer.fail(t("tooMany", { most: MOST }));
  if (file.size > file_bytes) return composer.fail(t("tooBig", { name: file.name, limit: size(file_bytes) }));
  if (!file_types.includes(file.type)) return composer.fail(t("badType", { name: file.name }));
  composer.fail("");
  const line = el("span", { role: "status" }, t("uploadingFile", { name: file.name }));
  const chip = el("li", {}, icon("file"), line);
  chips.append(chip);
  composer.uploads += 1;
  try {
    const form = new FormData();
    form.append("file", file, file.name);
    const stored = await conversation.api.json("POST", "/files", { form });
    composer.files.push(stored);
    line.textContent = `${stored.name} (${size(stored.size)})`;
    chip.append(iconButton(t("remove", { name: stored.name }), "close", () => {
      composer.files = composer.files.filter((other) => other !== stored);
      chip.remove();
      composer.focus();
    }));
    composer.focus();
  } catch (error) {
    chip.remove();
    composer.fail((error instanceof Refused && error.message) || t("uploadFailed", { name: file.name }));
  } finally {
    composer.uploads -= 1;
  }
}
