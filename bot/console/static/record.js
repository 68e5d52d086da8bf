// Rows of the form of a record are added in the page. Without it the button sends the form and comes back with one.
function add(event) {
  const group = event.currentTarget.dataset.add;
  const rows = document.querySelector(`[data-rows="${group}"]`);
  const number = Math.max(-1, ...[...rows.querySelectorAll(`[name^="${group}-"]`)].map((box) => Number(box.name.split("-")[1]))) + 1;
  const holder = document.createElement("template");
  const blank = document.querySelector(`template[data-row="${group}"]`).innerHTML;
  holder.innerHTML = blank.replaceAll(`${group}-NNN-`, `${group}-${number}-`).replaceAll("NNN", rows.children.length + 1);
  const row = holder.content.firstElementChild;
  const offered = rows.querySelector("select[name$=-case]");
  const cases = row.querySelector("select[name$=-case]");
  if (offered && cases) cases.replaceChildren(...[...offered.options].map((option) => new Option(option.text, option.value)));
  event.preventDefault();
  rows.append(row);
  row.querySelector("input:not([type=hidden]), select, textarea").focus();
}

for (const button of document.querySelectorAll("[data-add]")) button.addEventListener("click", add);
const preview = document.getElementById("preview");
if (preview) preview.scrollIntoView();
