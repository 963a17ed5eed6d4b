/* A file of events, gzipped or not: `user,type,time,value` with a header, times in epoch milliseconds. */

const GZIP = [0x1f, 0x8b];
const COLUMNS = ["user", "type", "time"];

/** Fetches and reads a file: `{ histories: Map of events by customer, count, from, to }`. */
export async function loadEvents(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address} was answered with ${response.status}`);
  return readEvents(await textOf(new Uint8Array(await response.arrayBuffer())));
}

/** Reads the text of a file. */
export function readEvents(text) {
  const lines = text.split(/\r?\n/);
  const header = lines[0].split(",");
  for (const column of COLUMNS) {
    if (!header.includes(column)) throw new Error(`the file has no column \`${column}\``);
  }
  const at = Object.fromEntries(header.map((column, position) => [column, position]));
  const histories = new Map();
  let [count, from, to] = [0, Infinity, -Infinity];
  for (let position = 1; position < lines.length; position += 1) {
    if (!lines[position]) continue;
    const cells = lines[position].split(",");
    const event = { type: cells[at.type], time: Number(cells[at.time]) };
    if (!event.type || !Number.isFinite(event.time)) throw new Error(`line ${position + 1} of the file is no event`);
    if (cells[at.value]) event.data = { value: Number(cells[at.value]) };
    const events = histories.get(cells[at.user]);
    if (events) events.push(event);
    else histories.set(cells[at.user], [event]);
    count += 1;
    from = Math.min(from, event.time);
    to = Math.max(to, event.time);
  }
  if (count === 0) throw new Error("the file holds no events");
  for (const events of histories.values()) events.sort((one, other) => one.time - other.time);
  return { histories, count, from, to };
}

/** A server may have unzipped it already, so the bytes are asked and not the name. */
async function textOf(bytes) {
  const isGzip = GZIP.every((byte, position) => bytes[position] === byte);
  if (!isGzip) return new TextDecoder().decode(bytes);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).text();
}
