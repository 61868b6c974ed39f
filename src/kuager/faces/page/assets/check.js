// What the reader can check here, offline: which published file a file is, and whether the disclosed entries of the record
// lie under this page's checkpoint (RFC 9162 §2.1.3.2). It does not show that the checkpoint is the right one, and says so.
"use strict";
(function () {
  var record = KUAGER_RECORD, words = KUAGER_STRINGS, utf8 = new TextEncoder();

  /** @param {string} text @param {Record<string, string>} values */
  function fill(text, values) {
    return text.replace(/\{(\w+)\}/g, function (all, name) { return name in values ? values[name] : all; });
  }

  /** @param {string} hex @returns {Uint8Array} */
  function bytes(hex) {
    return Uint8Array.from(hex.match(/../g) || [], function (pair) { return parseInt(pair, 16); });
  }

  /**
   * The root that a leaf and its path lead to, or null where the path has the wrong length.
   * @param {Uint8Array} leaf @param {number} index @param {number} size @param {string[]} path
   */
  function rootFrom(leaf, index, size, path) {
    if (index >= size) return null;
    var node = leaf, fn = index, sn = size - 1, one = new Uint8Array([1]);
    for (var i = 0; i < path.length; i++) {
      if (sn === 0) return null;
      var other = bytes(path[i]);
      if (fn % 2 || fn === sn) {
        node = KuagerSha256.digest(one, other, node);
        while (fn % 2 === 0 && fn !== 0) { fn = Math.floor(fn / 2); sn = Math.floor(sn / 2); }
      } else {
        node = KuagerSha256.digest(one, node, other);
      }
      fn = Math.floor(fn / 2);
      sn = Math.floor(sn / 2);
    }
    return sn === 0 ? KuagerSha256.hex(node) : null;
  }

  /** @returns {{bad: number, root: string}} */
  function checkRecord() {
    var lines = record.checkpoint.split("\n");
    var size = Number(lines[1]);
    var root = KuagerSha256.hex(Uint8Array.from(atob(lines[2]), function (c) { return c.charCodeAt(0); }));
    var bad = record.disclosed.filter(function (entry) {
      var index = entry[0], payload = entry[1], line = entry[2], path = entry[3], read;
      try { read = JSON.parse(line); } catch (error) { return true; }
      if (read.n !== index || read.c !== KuagerSha256.hex(KuagerSha256.digest(utf8.encode(payload)))) return true;
      return rootFrom(KuagerSha256.digest(new Uint8Array([0]), utf8.encode(line)), index, size, path) !== root;
    }).length;
    return { bad: bad, root: root };
  }

  document.getElementById("check").addEventListener("click", function () {
    var result = checkRecord(), answer = document.getElementById("check-answer");
    var lines = [result.bad ? fill(words["check-bad"], { n: String(result.bad) }) : words["check-ok"]];
    var root = document.createElement("code");
    root.textContent = result.root;
    var first = document.createElement("p"), second = document.createElement("p"), third = document.createElement("p");
    first.textContent = lines[0];
    second.append(words["check-root"] + " ", root);
    third.textContent = words["check-compare"];
    answer.className = result.bad ? "bad" : "good";
    answer.replaceChildren(first, second, third);
  });

  var drop = document.getElementById("drop");
  if (!drop) return;
  var answer = document.getElementById("file-answer");

  /** @param {File | undefined} file */
  async function which(file) {
    if (!file) return;
    answer.textContent = words["check-working"];
    var known = record.files[await KuagerSha256.ofFile(file)];
    answer.textContent = known ? fill(words["check-matches"], { path: known[0], title: known[1] }) : words["check-none"];
  }

  document.getElementById("file").addEventListener("change", function (event) { which(event.target.files[0]); });
  drop.addEventListener("dragover", function (event) { event.preventDefault(); drop.classList.add("over"); });
  drop.addEventListener("dragleave", function () { drop.classList.remove("over"); });
  drop.addEventListener("drop", function (event) {
    event.preventDefault();
    drop.classList.remove("over");
    which(event.dataTransfer.files[0]);
  });
})();
