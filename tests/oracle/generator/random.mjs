// A seeded generator of random choices: the same seed gives the same choices in every engine, for
// only 32-bit integer and IEEE basic arithmetic is used (sfc32, public domain, by C. Doty-Humphrey).

export class Random {
  #a;
  #b;
  #c;
  #counter = 1;

  constructor(seed) {
    this.#a = seed >>> 0;
    this.#b = Math.floor(seed / 4294967296) >>> 0;
    this.#c = 0x9e3779b9;
    for (let i = 0; i < 15; i++) this.#next(); // let the seed reach every bit
  }

  #next() {
    const result = (((this.#a + this.#b) | 0) + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (this.#c << 21) | (this.#c >>> 11);
    this.#c = (this.#c + result) | 0;
    return result >>> 0;
  }

  /** A whole number from `least` to `most`, both included. */
  integer(least, most) {
    const fraction = (this.#next() * 1048576 + (this.#next() >>> 12)) / 4503599627370496;
    return least + Math.floor(fraction * (most - least + 1));
  }

  /** True in `percent` of a hundred. */
  chance(percent) {
    return this.integer(0, 999) < percent * 10;
  }

  pick(list) {
    return list[this.integer(0, list.length - 1)];
  }

  /** One of the values of `[[share, value], …]`, each as often as its whole share. */
  weighted(choices) {
    let left = this.integer(1, choices.reduce((total, [share]) => total + share, 0));
    for (const [share, value] of choices) {
      left -= share;
      if (left <= 0) return value;
    }
    throw new Error("no choices");
  }

  /** `count` different members of the list, in random order (all of them if there are fewer). */
  sample(list, count) {
    const shuffled = this.shuffle(list);
    return shuffled.slice(0, count);
  }

  shuffle(list) {
    const shuffled = [...list];
    for (let i = shuffled.length - 1; i > 0; i--) {
      const j = this.integer(0, i);
      [shuffled[i], shuffled[j]] = [shuffled[j], shuffled[i]];
    }
    return shuffled;
  }

  /** `count` values of `make`. */
  times(count, make) {
    return Array.from({ length: count }, (_, index) => make(index));
  }
}
