// What goes wrong in the page, whoever asked for it. Listens before anything else runs.
/* global complaints */
globalThis.complaints = [];
addEventListener("error", ({ message, error, target }) => complaints.push(error?.stack ?? message ?? `${target.src ?? target.href} was not loaded`), true);
addEventListener("unhandledrejection", ({ reason }) => complaints.push(reason?.stack ?? String(reason)));
addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) => complaints.push(`policy: ${violatedDirective} ${blockedURI}`));
for (const kind of ["error", "warn"]) {
  const { [kind]: say } = console;
  console[kind] = (...words) => {
    complaints.push(words.join(" "));
    say.apply(console, words);
  };
}
