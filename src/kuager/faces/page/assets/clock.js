// Keeps several players on one clock. The master is the median of the players that run: a wall-clock master makes every one
// of them chase it. A player is nudged only when it leaves the median by more than DEAD_BAND and until it is within SETTLED
// (hysteresis: without it small videos oscillate), and moved at once when it is further off than HARD.
"use strict";

/**
 * @typedef {{media: HTMLMediaElement, offset: number, duration: number, nudging: boolean, moved: number, seeks: boolean, lag: number}} Player
 * offset and duration in seconds on the common clock; moved is when it was last set, in milliseconds; seeks while a hard seek
 * of ours is under way; lag is how long its last one took, in seconds: the next one aims that much ahead.
 */

var KuagerClock = (function () {
  var DEAD_BAND = 0.015;
  var SETTLED = 0.004;
  var HARD = 0.35;
  var MOST = 0.15; // the largest change of rate
  var REST = 400; // ms after a hard seek in which a player is left alone

  /** @param {number[]} values @returns {number} */
  function median(values) {
    var sorted = values.slice().sort(function (a, b) { return a - b; });
    var half = sorted.length >> 1;
    return sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }

  /**
   * @param {Player[]} players
   * @param {number} duration seconds
   */
  function Clock(players, duration) {
    this.players = players;
    this.duration = duration;
    this.speed = 1;
    this.running = false;
    this.time = 0;
    this.stamp = 0;
  }

  /** Whether a player records at this moment of the clock. @param {Player} player @param {number} time */
  Clock.prototype.inside = function (player, time) {
    return time >= player.offset && time < player.offset + player.duration - 0.02;
  };

  Clock.prototype.start = function () {
    if (this.time >= this.duration - 0.05) this.time = 0;
    this.running = true;
    this.stamp = performance.now();
    this.place(this.time);
    this.tick(this.stamp);
  };

  Clock.prototype.stop = function () {
    this.running = false;
    this.players.forEach(function (player) {
      player.media.pause();
      player.media.playbackRate = 1;
    });
    this.place(this.time);
  };

  /** Puts every player where the clock stands. @param {number} time */
  Clock.prototype.place = function (time) {
    this.time = Math.min(Math.max(time, 0), this.duration);
    this.players.forEach(function (player) {
      var own = Math.min(Math.max(this.time - player.offset, 0), Math.max(player.duration - 0.001, 0));
      player.nudging = false;
      player.moved = performance.now();
      if (Math.abs(player.media.currentTime - own) > 0.001) player.media.currentTime = own;
    }, this);
  };

  /** One round of control. @param {number} now milliseconds @returns {number} the clock's time in seconds */
  Clock.prototype.tick = function (now) {
    if (!this.running) return this.time;
    var passed = ((now - this.stamp) / 1000) * this.speed;
    this.stamp = now;
    var going = this.players.filter(function (player) {
      return !player.media.paused && !player.media.seeking && player.media.readyState > 2 && this.inside(player, this.time);
    }, this);
    var free = this.time + passed;
    this.time = going.length
      ? median(going.map(function (player) { return player.media.currentTime + player.offset; }))
      : free;
    if (going.length && Math.abs(this.time - free) > 2) this.time = free;
    this.players.forEach(function (player) { this.hold(player, now); }, this);
    if (this.time >= this.duration - 0.02) this.stop();
    return this.time;
  };

  /** Starts, stops, nudges or moves one player. @param {Player} player @param {number} now */
  Clock.prototype.hold = function (player, now) {
    var media = player.media;
    if (!this.inside(player, this.time)) {
      if (!media.paused) media.pause();
      return;
    }
    if (media.paused) {
      media.currentTime = this.time - player.offset;
      player.moved = now;
      media.playbackRate = this.speed;
      media.play().catch(function () {});
      return;
    }
    if (media.seeking) return;
    if (player.seeks) {
      player.seeks = false;
      player.lag = Math.min((now - player.moved) / 1000, 0.4);
    }
    var error = media.currentTime + player.offset - this.time;
    if (Math.abs(error) > HARD && now - player.moved > REST) {
      media.currentTime = this.time - player.offset + player.lag * this.speed;
      player.moved = now;
      player.seeks = true;
      player.nudging = false;
    } else if (Math.abs(error) > DEAD_BAND) {
      player.nudging = true;
    } else if (Math.abs(error) < SETTLED) {
      player.nudging = false;
    }
    var change = player.nudging ? Math.max(-MOST, Math.min(MOST, -error * 1.5)) : 0;
    var rate = this.speed * (1 + change);
    if (Math.abs(media.playbackRate - rate) > 0.004) media.playbackRate = rate;
  };

  return { Clock: Clock, median: median };
})();
