// Answers to approve: says when there are others now. What somebody is editing is never drawn over.
import { connect } from "./live.js";

const live = document.getElementById("live");
connect(live.dataset.live, {
  drawn(drawn) {
    document.getElementById("approvals-changed").hidden = drawn.proposals.join(" ") === live.dataset.shown;
  },
}, true);
