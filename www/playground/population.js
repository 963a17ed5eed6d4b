/*
 * Everybody and what they did, as columns: built once, scored often.
 *
 * A population is `{ names, starts, columns, count, from, to }`. Customers are numbered in the order of their names;
 * `columns` are those that `scoreMany` takes, and the rows of customer n are those from `starts[n]` up to
 * `starts[n + 1]`, in the order of their times.
 */

const COLLATOR = new Intl.Collator("en", { numeric: true });

/** Columns of growing length, as a file is read: `{ add, describe, finish }`. */
export function populationBuilder() {
  const numbers = new Map();
  const typeNumbers = new Map();
  const places = new Map();
  const profiles = new Map();
  let rows = room(1024);
  let [count, values, duplicates] = [0, 0, 0];

  /** An event. The same id twice is one event, the earlier of the two. */
  function add(name, type, time, value = NaN, id = undefined) {
    const subject = numberOf(numbers, name);
    let place = count;
    if (id !== undefined) {
      const key = `${subject} ${id}`;
      const earlier = places.get(key);
      if (earlier !== undefined) {
        duplicates += 1;
        if (rows.times[earlier] <= time) return;
        place = earlier;
      } else places.set(key, place);
    }
    if (place === count) count += 1;
    if (count > rows.times.length) rows = room(2 * rows.times.length, rows);
    rows.subjects[place] = subject;
    rows.types[place] = numberOf(typeNumbers, type);
    rows.times[place] = time;
    rows.values[place] = value;
    if (!Number.isNaN(value)) values += 1;
  }

  /** What is known of a customer besides; the last word stands. */
  function describe(name, profile) {
    profiles.set(numberOf(numbers, name), profile);
  }

  function finish() {
    const found = [...numbers.keys()];
    const order = found.map((_, number) => number).sort((one, other) => COLLATOR.compare(found[one], found[other]));
    const rank = new Uint32Array(order.length);
    order.forEach((number, position) => (rank[number] = position));
    const { starts, rowOrder } = inOrder(rows, rank, count);
    const columns = {
      subjects: Uint32Array.from(rowOrder, (row) => rank[rows.subjects[row]]),
      types: Uint16Array.from(rowOrder, (row) => rows.types[row]),
      typeNames: [...typeNumbers.keys()],
      times: Float64Array.from(rowOrder, (row) => rows.times[row]),
    };
    if (values > 0) columns.data = { value: Float64Array.from(rowOrder, (row) => rows.values[row]) };
    if (profiles.size > 0) columns.profiles = order.map((number) => profiles.get(number) ?? {});
    const { times } = columns;
    const [from, to] = times.reduce(([low, high], time) => [Math.min(low, time), Math.max(high, time)], [Infinity, -Infinity]);
    return { names: order.map((number) => found[number]), starts, columns, count, from, to, duplicates };
  }

  return { add, describe, finish, typeCount: () => typeNumbers.size, eventCount: () => count };
}

/** What a customer did, as `Model.score` takes it. */
export function historyOf({ columns, starts }, subject) {
  const { types, typeNames, times, data, profiles } = columns;
  const events = [];
  for (let row = starts[subject]; row < starts[subject + 1]; row += 1) {
    const event = { type: typeNames[types[row]], time: times[row] };
    if (data && !Number.isNaN(data.value[row])) event.data = { value: data.value[row] };
    events.push(event);
  }
  return profiles ? { events, profile: profiles[subject] } : { events };
}

/** When each customer did something last, up to an instant; NaN for who has done nothing yet. */
export function lastSeen({ columns, starts, names }, at) {
  return Float64Array.from(names, (_, subject) => {
    const row = rowsUpTo(columns.times, starts[subject], starts[subject + 1], at) - 1;
    return row < starts[subject] ? NaN : columns.times[row];
  });
}

/** When each customer began: the profile's word, or the first event. */
export function startsOf({ columns, starts, names }, path = "createdAt") {
  return Float64Array.from(names, (_, subject) => {
    const told = path.split(".").reduce((value, key) => (value === null || typeof value !== "object" ? undefined : value[key]), columns.profiles?.[subject]);
    const time = typeof told === "number" ? told : typeof told === "string" ? Date.parse(told) : NaN;
    if (!Number.isNaN(time)) return time;
    return starts[subject] === starts[subject + 1] ? NaN : columns.times[starts[subject]];
  });
}

/** How often each type occurs, commonest first: `[{ type, count }]`. */
export function typeCounts({ columns: { types, typeNames } }) {
  const counts = new Uint32Array(typeNames.length);
  for (let row = 0; row < types.length; row += 1) counts[types[row]] += 1;
  return typeNames.map((type, position) => ({ type, count: counts[position] })).sort((one, other) => other.count - one.count);
}

/** The first row of a range that is later than an instant. */
function rowsUpTo(times, from, to, at) {
  let [low, high] = [from, to];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (times[middle] <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Rows by customer and then by time: counted into place, and sorted only where a customer's are not in order yet. */
function inOrder({ subjects, times }, rank, count) {
  const starts = new Uint32Array(rank.length + 1);
  for (let row = 0; row < count; row += 1) starts[rank[subjects[row]] + 1] += 1;
  for (let subject = 0; subject < rank.length; subject += 1) starts[subject + 1] += starts[subject];
  const next = starts.slice();
  const rowOrder = new Uint32Array(count);
  for (let row = 0; row < count; row += 1) rowOrder[next[rank[subjects[row]]]++] = row;
  for (let subject = 0; subject < rank.length; subject += 1) {
    const own = rowOrder.subarray(starts[subject], starts[subject + 1]);
    if (own.some((row, position) => position > 0 && times[row] < times[own[position - 1]])) own.sort((one, other) => times[one] - times[other] || one - other);
  }
  return { starts, rowOrder };
}

function numberOf(numbers, name) {
  const known = numbers.get(name);
  if (known !== undefined) return known;
  numbers.set(name, numbers.size);
  return numbers.size - 1;
}

function room(length, before) {
  const rows = { subjects: new Uint32Array(length), types: new Uint16Array(length), times: new Float64Array(length), values: new Float64Array(length) };
  if (before) for (const [name, column] of Object.entries(before)) rows[name].set(column);
  return rows;
}
