/*
 * Percentiles of numbers that lie in many places, exactly, without bringing them to one: each place counts, and a number is
 * found digit by digit. Numbers are taken as 64 bits that sort as they do; a round settles 8 of them, so that eight rounds
 * find any percentile of any number of numbers, and each place sends 256 counts a round.
 *
 * Source of the rule: linear interpolation between the two nearest, type 7 of Hyndman and Fan, Sample Quantiles in
 * Statistical Packages (1996); the default of R, NumPy and spreadsheets.
 */

/** The percentiles that are told. */
export const PERCENTS = [50, 75, 90, 95, 99];
/** The one that is the baseline. */
export const BASELINE_PERCENT = 95;
/** Digits of 8 bits, in hexadecimal two characters each. */
const DIGITS = 8;
const VALUES = 256;

const view = new DataView(new ArrayBuffer(8));

/** What has to be found among so many numbers: for each percentile the two nearest by rank. Nothing, where there are none. */
export function searchFor(count) {
  const ranks = new Set(PERCENTS.flatMap((percent) => nearestOf(percent, count)));
  return { count, targets: count ? [...ranks].map((rank) => ({ rank, left: rank, prefix: "" })) : [] };
}

/** The beginnings that have to be counted next; none when all is found. */
export function prefixesOf({ targets }) {
  return [...new Set(targets.map(({ prefix }) => prefix))].filter((prefix) => prefix.length < 2 * DIGITS);
}

/** The search after a round: `counts`, for each of the prefixes, how many numbers go on with each value of a digit. */
export function narrowed({ count, targets }, prefixes, counts) {
  return {
    count,
    targets: targets.map((target) => {
      let { left } = target;
      const digits = counts[prefixes.indexOf(target.prefix)];
      const digit = digits.findIndex((many) => {
        if (left < many) return true;
        left -= many;
        return false;
      });
      if (digit < 0) throw new RangeError("fewer numbers than were announced");
      return { rank: target.rank, left, prefix: target.prefix + digit.toString(16).padStart(2, "0") };
    }),
  };
}

/** The percentiles of a search that is over: `{ p50, … }`. */
export function percentilesOf({ count, targets }) {
  const found = new Map(targets.map(({ rank, prefix }) => [rank, numberOf(prefix)]));
  return Object.fromEntries(PERCENTS.map((percent) => {
    if (!count) return [`p${percent}`, null];
    const [lower, upper] = nearestOf(percent, count).map((rank) => found.get(rank));
    const share = placeOf(percent, count) % 1;
    return [`p${percent}`, lower + share * (upper - lower)];
  }));
}

/** Of sorted numbers, how many go on with each value of a digit after a beginning. */
export function countsAfter(sorted, prefix) {
  const counts = new Uint32Array(VALUES);
  const shift = BigInt(64 - 4 * prefix.length - 8);
  const start = prefix === "" ? 0n : BigInt(`0x${prefix}`) << 8n;
  let from = firstFrom(sorted, start << shift);
  for (let digit = 0; digit < VALUES; digit += 1) {
    const next = firstFrom(sorted, (start + BigInt(digit) + 1n) << shift);
    counts[digit] = next - from;
    from = next;
  }
  return counts;
}

/** How many sorted numbers are below a key. */
function firstFrom(sorted, key) {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (keyOf(sorted[middle]) < key) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** 64 bits that sort as the numbers do: those of a negative one upside down. */
function keyOf(number) {
  // -0 is 0.
  view.setFloat64(0, number + 0);
  const bits = view.getBigUint64(0);
  return bits >> 63n ? ~bits & 0xffffffffffffffffn : bits | (1n << 63n);
}

function numberOf(hex) {
  const key = BigInt(`0x${hex}`);
  view.setBigUint64(0, key >> 63n ? key ^ (1n << 63n) : ~key & 0xffffffffffffffffn);
  return view.getFloat64(0);
}

function placeOf(percent, count) {
  return ((count - 1) * percent) / 100;
}

function nearestOf(percent, count) {
  const place = placeOf(percent, count);
  return [Math.floor(place), Math.min(Math.floor(place) + 1, Math.max(0, count - 1))];
}
