// Each case in a process of its own: what a compiler learns from the objects of one case neither helps nor harms another.
import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";

/** What each case returns, by name. `cases` is an object of functions; `file` is the bench's own `import.meta.url`. */
export async function isolate(file, cases) {
  const name = process.argv[2];
  if (name !== undefined) {
    const result = await cases[name]();
    await new Promise((sent) => process.send(result ?? null, sent));
    process.exit();
  }
  const results = {};
  for (const name of Object.keys(cases)) results[name] = await inProcess(fileURLToPath(file), [name]);
  return results;
}

/** Collecting what others left must not also throw away what was compiled. */
const FLAGS = ["--expose-gc", "--no-flush-bytecode", "--max-old-space-size=8192"];

/** What the file sends last, once it has ended well. */
export function inProcess(file, args = []) {
  return new Promise((resolve, reject) => {
    let last = null;
    const child = fork(file, args, { execArgv: FLAGS });
    child.on("message", (message) => (last = message));
    child.on("error", reject);
    child.on("exit", (code) => (code === 0 ? resolve(last) : reject(new Error(`${file} ${args} ended with ${code}`))));
  });
}
