// The search box of procedures: suggestions while typing. Without it a name or a code is typed in full.
const WAIT = 200;
const box = document.querySelector("[data-search]");
let timer = 0;
let asked = 0;

async function suggest() {
  const number = ++asked;
  const response = await fetch(`${box.dataset.search}?q=${encodeURIComponent(box.value)}`);
  if (!response.ok || number !== asked) return;
  const found = await response.json();
  box.list.replaceChildren(
    ...found.map(([code, name]) => {
      const option = document.createElement("option");
      option.value = code;
      option.textContent = `${name} (${code})`;
      return option;
    }),
  );
}

if (box) {
  box.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => suggest().catch(() => undefined), WAIT);
  });
}
