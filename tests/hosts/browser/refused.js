// A page that may not start WebAssembly: importing says so by its code, and elements show what stands between their tags.
/* global complaints */
import { restrict } from "./restrict.js";

export async function run() {
  restrict("script-src 'self'");
  const codeOf = (error) => error.code ?? String(error);
  const codes = [await import("starwise").catch(codeOf)];
  const { init, Model } = await import("starwise/manual");
  // A start that failed may be tried again.
  codes.push(await init().catch(codeOf), await init().catch(codeOf));
  try {
    new Model({ criteria: [] });
  } catch (error) {
    codes.push(codeOf(error));
  }
  const told = [];
  addEventListener("starwise-error", (event) => {
    told.push(codeOf(event.detail.error));
    event.preventDefault();
  });
  await import("starwise/elements/define");
  const stars = Object.assign(document.createElement("starwise-stars"), { value: 2, textContent: "two of five" });
  document.querySelector("#made").append(stars);
  for (let turn = 0; turn < 200 && told.length < 3; turn += 1) await new Promise((resolve) => setTimeout(resolve, 50));
  const isTold = complaints.every((line) => line.startsWith("policy: script-src"));
  if (isTold) complaints.length = 0;
  return { codes, told, isFallback: stars.shadowRoot.querySelector("slot") !== null, words: stars.textContent };
}
