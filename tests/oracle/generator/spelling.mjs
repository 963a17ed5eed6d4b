// The many spellings of one duration and of one instant (sections 2 and 3 of the specification).

const UNITS = [
  ["w", 604_800_000],
  ["d", 86_400_000],
  ["h", 3_600_000],
  ["m", 60_000],
  ["s", 1_000],
  ["ms", 1],
];
const ISO_DATE_UNITS = [["D", 86_400_000]];
const ISO_TIME_UNITS = [
  ["H", 3_600_000],
  ["M", 60_000],
];

/** A whole number of ms as a duration, spelled in one of the ways that mean exactly that. */
export function spellDuration(random, ms) {
  return random.weighted([
    [5, spellOneUnit],
    [2, spellUnits],
    [2, spellIso],
    [1, spellIsoOneUnit],
  ])(random, ms);
}

/** `30d`, `720h`, `1.5d` */
function spellOneUnit(random, ms) {
  const exact = UNITS.filter(([, unit]) => ms % unit === 0 || (unit > 1 && (2 * ms) % unit === 0 && ms > unit));
  const [name, unit] = random.chance(60) ? exact[0] : random.pick(exact);
  return `${ms / unit}${name}`;
}

/** `1w2d12h` */
function spellUnits(random, ms) {
  const units = random.chance(50) ? UNITS : UNITS.slice(1);
  return spellLargestFirst(units, ms) || "0s";
}

/** `P1DT12H`, `PT0.5S` */
function spellIso(random, ms) {
  const days = spellLargestFirst(ISO_DATE_UNITS, ms);
  const rest = ms % 86_400_000;
  const hours = spellLargestFirst(ISO_TIME_UNITS, rest);
  const seconds = rest % 60_000 === 0 && (days || hours) ? "" : `${(rest % 60_000) / 1000}S`;
  return `P${days}${hours || seconds ? "T" : ""}${hours}${seconds}`;
}

/** `P2W`, `P30D`, `PT36H` */
function spellIsoOneUnit(random, ms) {
  if (ms % 604_800_000 === 0 && ms > 0) return `P${ms / 604_800_000}W`;
  if (ms % 3_600_000 === 0 && random.chance(50)) return `PT${ms / 3_600_000}H`;
  return spellIso(random, ms);
}

function spellLargestFirst(units, ms) {
  let text = "";
  for (const [name, unit] of units) {
    const whole = Math.floor(ms / unit);
    if (whole > 0) text += `${whole}${name}`;
    ms -= whole * unit;
  }
  return text;
}

/** A whole number of epoch ms as a number or an RFC 3339 text that is read as exactly that. */
export function spellTime(random, ms) {
  return random.weighted([
    [60, () => ms],
    [4, () => ms + 0.25], // a fraction of a ms is floored
    [36, () => spellRfc3339(random, ms)],
  ])();
}

export function spellRfc3339(random, ms) {
  const offsetMinutes = random.weighted([
    [60, null],
    [10, 0],
    [30, random.pick([60, 120, -300, 330, 345, -150, 765, -720, 1439, -1439])],
  ]);
  const local = new Date(ms + (offsetMinutes ?? 0) * 60_000).toISOString(); // 2024-02-29T12:00:00.000Z
  const date = local.slice(0, 10);
  const clock = local.slice(11, 19);
  const fraction = spellFraction(random, local.slice(20, 23));
  const separator = random.chance(10) ? "t" : "T";
  return `${date}${separator}${clock}${fraction}${spellOffset(random, offsetMinutes)}`;
}

function spellFraction(random, digits) {
  if (digits === "000" && random.chance(70)) return "";
  const short = digits.replace(/0+$/, "");
  if (short !== "" && random.chance(30)) return `.${short}`;
  return `.${digits}${random.pick(["", "", "9", "999999", "000"])}`;
}

function spellOffset(random, minutes) {
  if (minutes === null) return random.chance(10) ? "z" : "Z";
  const whole = Math.abs(minutes);
  const two = (number) => String(number).padStart(2, "0");
  return `${minutes < 0 ? "-" : "+"}${two(Math.floor(whole / 60))}:${two(whole % 60)}`;
}
