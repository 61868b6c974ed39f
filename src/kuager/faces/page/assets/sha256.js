// SHA-256 (FIPS 180-4) over a stream: the browser's own takes whole buffers only, and is absent on plain-HTTP hosts.
"use strict";

var KuagerSha256 = (function () {
  var primes = [];
  for (var n = 2; primes.length < 64; n++) if (primes.every(function (p) { return n % p; })) primes.push(n);
  /** The first 32 bits of the fraction of x. @param {number} x */
  function fraction(x) { return Math.floor((x - Math.floor(x)) * 4294967296) | 0; }
  var K = Int32Array.from(primes.map(function (p) { return fraction(Math.cbrt(p)); }));
  var START = primes.slice(0, 8).map(function (p) { return fraction(Math.sqrt(p)); });

  function Hash() {
    this.state = Int32Array.from(START);
    this.block = new Uint8Array(64);
    this.used = 0;
    this.length = 0;
    this.words = new Int32Array(64);
  }

  /** @param {Uint8Array} bytes @returns {Hash} */
  Hash.prototype.update = function (bytes) {
    this.length += bytes.length;
    var at = 0;
    while (at < bytes.length) {
      if (this.used === 0 && bytes.length - at >= 64) {
        this.compress(bytes, at);
        at += 64;
        continue;
      }
      var take = Math.min(64 - this.used, bytes.length - at);
      this.block.set(bytes.subarray(at, at + take), this.used);
      this.used += take;
      at += take;
      if (this.used === 64) { this.compress(this.block, 0); this.used = 0; }
    }
    return this;
  };

  /** @param {Uint8Array} bytes @param {number} at */
  Hash.prototype.compress = function (bytes, at) {
    var w = this.words, s = this.state, i;
    for (i = 0; i < 16; i++, at += 4) w[i] = (bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3];
    for (; i < 64; i++) {
      var x = w[i - 15], y = w[i - 2];
      w[i] = (((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3)) + w[i - 7] +
        (((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10)) + w[i - 16];
    }
    var a = s[0], b = s[1], c = s[2], d = s[3], e = s[4], f = s[5], g = s[6], h = s[7];
    for (i = 0; i < 64; i++) {
      var one = (h + (((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7))) + ((e & f) ^ (~e & g)) + K[i] + w[i]) | 0;
      var two = ((((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10))) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      h = g; g = f; f = e; e = (d + one) | 0; d = c; c = b; b = a; a = (one + two) | 0;
    }
    s[0] += a; s[1] += b; s[2] += c; s[3] += d; s[4] += e; s[5] += f; s[6] += g; s[7] += h;
  };

  /** @returns {Uint8Array} */
  Hash.prototype.digest = function () {
    var bits = this.length * 8;
    var tail = new Uint8Array(((this.used < 56 ? 56 : 120) - this.used) + 8);
    tail[0] = 0x80;
    var view = new DataView(tail.buffer);
    view.setUint32(tail.length - 8, Math.floor(bits / 4294967296));
    view.setUint32(tail.length - 4, bits >>> 0);
    this.update(tail);
    var out = new Uint8Array(32);
    for (var i = 0; i < 8; i++) new DataView(out.buffer).setInt32(4 * i, this.state[i]);
    return out;
  };

  /** @param {Uint8Array} bytes */
  function hex(bytes) {
    return Array.from(bytes, function (b) { return b.toString(16).padStart(2, "0"); }).join("");
  }

  /** @param {...Uint8Array} parts @returns {Uint8Array} */
  function digest() {
    var hash = new Hash();
    for (var i = 0; i < arguments.length; i++) hash.update(arguments[i]);
    return hash.digest();
  }

  /** A file's digest, read in pieces so that it never stands in memory whole. @param {Blob} file @returns {Promise<string>} */
  async function ofFile(file) {
    var hash = new Hash();
    for (var at = 0; at < file.size; at += 1 << 20) {
      hash.update(new Uint8Array(await file.slice(at, at + (1 << 20)).arrayBuffer()));
      await new Promise(function (next) { setTimeout(next); });
    }
    return hex(hash.digest());
  }

  return { Hash: Hash, digest: digest, hex: hex, ofFile: ofFile };
})();
