/** What citizens think of an answer (thumb, reason) and of the visit (three grades). */
import { button, el, newId } from "./dom.js";
import { lasting } from "./storage.js";
import { t } from "./texts.js";

const REASONS = ["wrong", "incomplete", "unclear", "outdated", "other"];

const choice = (name, value, text, onchange) =>
  el("label", { class: "choice" }, el("input", { type: "radio", name, value, onchange }), el("span", {}, text));

function questions() {
  const comment = newId();
  return [
    el("fieldset", {}, el("legend", {}, t("reason")), REASONS.map((reason) => choice("reason", reason, t(reason)))),
    el("label", { for: comment }, t("comment")),
    el("textarea", { id: comment, name: "comment", rows: 2, maxlength: 500 }),
  ];
}

/** {reason, comment}, without what was left empty. */
const given = (form) =>
  Object.fromEntries([...new FormData(form)].map(([key, value]) => [key, value.trim()]).filter(([key, value]) => value && key !== "score"));

const submitting = (send) => (event) => {
  event.preventDefault();
  send(event.currentTarget);
};

/** A thumb: up is sent at once, down asks for the reason first. */
export async function thumb({ good, bad, thanks, place }, score, conversation, seq) {
  const asking = place.firstChild;
  place.replaceChildren();
  bad.setAttribute("aria-expanded", String(score < 0 && !asking));
  const give = async (more = {}) => {
    try {
      await conversation.api.json("POST", "/feedback", { body: { seq, kind: "thumb", score, ...more } });
    } catch {
      thanks.textContent = t("failed");
      return;
    }
    lasting.set("thumbs", { ...lasting.get("thumbs", {}), [seq]: score });
    good.setAttribute("aria-pressed", String(score > 0));
    bad.setAttribute("aria-pressed", String(score < 0));
    bad.setAttribute("aria-expanded", "false");
    if (place.contains(place.getRootNode().activeElement)) bad.focus();
    place.replaceChildren();
    thanks.textContent = t("thanks");
  };
  if (score > 0) return give();
  if (asking) return;
  const form = el("form", { class: "ask", onsubmit: submitting((sent) => give(given(sent))) }, questions(), button(t("send"), () => {}, { type: "submit", class: "main" }));
  place.append(form);
  form.querySelector("input").focus();
}

/** The form at the end of a visit; `send({score, reason, comment})`. */
export function visit(send) {
  const error = el("p", { class: "error", role: "alert", id: newId() });
  const more = el("div", { hidden: true }, questions());
  const grades = el(
    "fieldset",
    { class: "grades", "aria-describedby": error.id },
    el("legend", {}, t("visit")),
    [3, 2, 1].map((score) => choice("score", score, t(`grade${score}`), () => (more.hidden = score === 3))),
  );
  return el(
    "form",
    {
      novalidate: true,
      onsubmit: submitting((form) => {
        const score = Number(new FormData(form).get("score"));
        error.textContent = score ? "" : t("gradeMissing");
        if (score) send({ score, ...(score === 3 ? {} : given(form)) });
        else form.querySelector("input").focus();
      }),
    },
    grades, error, more, button(t("sendRating"), () => {}, { type: "submit", class: "main" }),
  );
}
