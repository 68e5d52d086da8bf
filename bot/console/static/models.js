// A run: its progress is drawn anew; once it ended the page shows what came of it.
import { connect, draw } from "./live.js";

const live = document.getElementById("live");
connect(live.dataset.live, {
  drawn: (drawn) => draw(live.querySelector("[data-part=progress]"), drawn.progress),
  gone: () => location.reload(),
});
