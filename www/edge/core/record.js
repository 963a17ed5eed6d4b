/* What a key-value store keeps of a customer, as bytes: the length of a head, the head as JSON, and a snapshot of the ledger. */

const LENGTH_BYTES = 4;

/** @param {{ version: string, revision: number }} head the model's version, and how often the record was written */
export function packed(head, snapshot) {
  const text = new TextEncoder().encode(JSON.stringify(head));
  const bytes = new Uint8Array(LENGTH_BYTES + text.length + snapshot.length);
  new DataView(bytes.buffer).setUint32(0, text.length);
  bytes.set(text, LENGTH_BYTES);
  bytes.set(snapshot, LENGTH_BYTES + text.length);
  return bytes;
}

/** `{ head, bytes }` of what `packed` made. */
export function unpacked(record) {
  const end = LENGTH_BYTES + new DataView(record.buffer, record.byteOffset).getUint32(0);
  return { head: JSON.parse(new TextDecoder().decode(record.subarray(LENGTH_BYTES, end))), bytes: record.slice(end) };
}
