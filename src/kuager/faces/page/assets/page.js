// Marks that scripts run, keeps the reader's place when the language changes, and opens a recording at a second.
"use strict";
document.documentElement.classList.add("js");

/** The page's own words for scripts, in the language of the page. @type {Record<string, string>} */
var KUAGER_STRINGS = JSON.parse(document.getElementById("strings").textContent);

document.querySelectorAll(".languages a").forEach(function (link) {
  link.addEventListener("click", function () {
    link.hash = location.hash;
  });
});

document.addEventListener("click", function (event) {
  var link = event.target instanceof Element ? event.target.closest("a.second") : null;
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  var tape = document.getElementById(link.dataset.anchor);
  if (!tape) return;
  event.preventDefault();
  tape.scrollIntoView({ block: "center" });
  /** @type {{id: string, at: number}} */
  var detail = { id: tape.dataset.id, at: Number(link.dataset.at) };
  var heard = !tape.dispatchEvent(new CustomEvent("kuager:second", { detail: detail, bubbles: true, cancelable: true }));
  var media = tape.querySelector("video, audio");
  if (!heard && media) media.currentTime = detail.at;
  if (media) media.focus({ preventScroll: true });
});
