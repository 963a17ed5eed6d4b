/* What is wrong with a file: the line, counted from 1, and the reason. */

export class FileFault extends Error {
  constructor(reason, line = null) {
    super(line === null ? reason : `line ${line}: ${reason}`);
    this.name = "FileFault";
    this.line = line;
    this.reason = reason;
  }
}

/** What was found, short enough to be read. */
export function quoted(value) {
  const text = typeof value === "string" ? value : String(JSON.stringify(value));
  return `\`${text.length > 40 ? `${text.slice(0, 40)}…` : text}\``;
}
