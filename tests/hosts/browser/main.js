// Runs the program that the address names, /?histories for one, and says in the title what it gives.
/* global complaints */

const [name, ...settings] = location.search.slice(1).split("&");

try {
  const { run } = await import(`./${name}.js`);
  const answer = await run(...settings);
  document.title = complaints.length === 0 ? `done ${JSON.stringify(answer)}` : `failed ${complaints.join("\n")}`;
} catch (error) {
  document.title = `failed ${[`${error}`, error?.stack, ...complaints].join("\n")}`;
}
