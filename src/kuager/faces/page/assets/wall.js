// The wall: recordings of one group played together, with what people saw and instruments measured as it passes.
"use strict";
(function () {
  /** @type {{duration: number, recordings: {id: string, offset: number, duration: number, passing: [number, number, string, string][]}[]}} */
  var data = JSON.parse(document.getElementById("wall-data").textContent);
  var get = function (id) { return document.getElementById(id); };
  var tapes = data.recordings.map(function (recording) {
    var tape = get("r-" + recording.id);
    return { data: recording, tape: tape, media: tape.querySelector("video, audio"), outside: tape.querySelector(".outside") };
  });
  if (tapes.some(function (it) { return !it.media; })) return;
  var clock = new KuagerClock.Clock(
    tapes.map(function (it) {
      return { media: it.media, offset: it.data.offset, duration: it.data.duration, nudging: false, moved: 0, seeks: false, lag: 0.1 };
    }),
    data.duration
  );
  var play = get("play"), position = get("position"), time = get("time"), head = get("head"), listen = get("listen");
  var shownNow = "", touched = false;

  tapes.forEach(function (it) {
    it.media.controls = false;
    it.media.muted = true;
    it.media.preload = "auto";
    it.media.addEventListener("click", toggle);
    var uncover = it.tape.querySelector(".uncover");
    if (uncover) uncover.addEventListener("change", hear);
  });
  get("deck").hidden = false;

  function toggle() {
    touched = true;
    if (clock.running) clock.stop();
    else clock.start();
    show();
    if (clock.running) requestAnimationFrame(round);
  }

  /** @param {number} now */
  function round(now) {
    clock.tick(now);
    show();
    if (clock.running) requestAnimationFrame(round);
  }

  /** @param {number} to seconds */
  function seek(to) {
    touched = true;
    clock.place(to);
    clock.stamp = performance.now();
    show();
  }

  /** @param {number} seconds */
  function words(seconds) {
    var tenths = Math.floor(seconds * 10 + 1e-6);
    return Math.floor(tenths / 600) + ":" + String(Math.floor(tenths / 10) % 60).padStart(2, "0") + "." + (tenths % 10);
  }

  function show() {
    var label = KUAGER_STRINGS[clock.running ? "wall-pause" : "wall-play"];
    if (play.textContent !== label) play.textContent = label;
    position.value = String(clock.time);
    time.textContent = words(clock.time);
    position.setAttribute("aria-valuetext", words(clock.time));
    head.style.left = (100 * clock.time) / data.duration + "%";
    var passing = [];
    tapes.forEach(function (it) {
      var own = clock.time - it.data.offset;
      it.outside.hidden = !touched || own >= 0 && own <= it.data.duration;
      it.data.passing.forEach(function (what) {
        if (own >= what[0] && own <= Math.max(what[1], what[0] + 1)) passing.push(what);
      });
    });
    var key = passing.map(function (what) { return what[2]; }).join("\n");
    if (key === shownNow) return;
    shownNow = key;
    get("now").replaceChildren.apply(get("now"), passing.map(function (what) {
      var line = document.createElement("li");
      line.className = what[3];
      line.textContent = (what[3] === "not-found" ? KUAGER_STRINGS["not-found"] + ": " : "") + what[2];
      return line;
    }));
  }

  /** One recording is audible at a time, and none that is covered. */
  function hear() {
    tapes.forEach(function (it) {
      var uncover = it.tape.querySelector(".uncover");
      var chosen = listen.value === it.data.id && (!uncover || uncover.checked);
      it.media.muted = !chosen;
      it.tape.classList.toggle("audible", chosen);
    });
  }

  play.addEventListener("click", toggle);
  get("back").addEventListener("click", function () { if (clock.running) toggle(); seek(clock.time - 0.04); });
  get("forward").addEventListener("click", function () { if (clock.running) toggle(); seek(clock.time + 0.04); });
  position.addEventListener("input", function () { seek(Number(position.value)); });
  get("speed").addEventListener("change", function (event) { clock.speed = Number(event.target.value); });
  listen.addEventListener("change", function () {
    var it = tapes.find(function (one) { return one.data.id === listen.value; });
    var uncover = it && it.tape.querySelector(".uncover");
    if (uncover) uncover.checked = true;
    hear();
  });
  var lanes = get("lanes");
  lanes.addEventListener("pointerdown", function (event) {
    var box = lanes.getBoundingClientRect();
    seek((data.duration * (event.clientX - box.left)) / box.width);
  });
  document.addEventListener("kuager:second", function (event) {
    var it = tapes.find(function (one) { return one.data.id === event.detail.id; });
    if (!it) return;
    event.preventDefault();
    seek(it.data.offset + event.detail.at);
  });
  show();
})();
