/** The search field of the demo page asks the assistant. */
document.querySelector("[role=search]").addEventListener("submit", (event) => {
  event.preventDefault();
  document.querySelector("qn-assistant").ask(new FormData(event.currentTarget).get("q"));
});
