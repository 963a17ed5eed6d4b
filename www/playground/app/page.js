/* The page's start: loads the package, the model of Taskwise and the playbook, and tells the user where that fails. */
import { h } from "../element.js";
import { showFailure, showProgress, StepError } from "../notice.js";
import { themeSwitch } from "../theme.js";

const notice = document.getElementById("notice");
let wayOut = null;

themeSwitch(document.getElementById("theme"));
try {
  showProgress(notice, "Loading the product and the scorer");
  const parts = await load();
  notice.hidden = true;
  document.getElementById("page").hidden = false;
  const { beginAnew, startApp } = await import("./app.js");
  await startApp(parts).catch((error) => {
    // It may be what was remembered that cannot be shown.
    wayOut = h("button", { type: "button", class: "button", onclick: () => beginAnew().finally(() => location.reload()) }, "Begin anew");
    throw error;
  });
} catch (error) {
  document.getElementById("page").hidden = true;
  showFailure(notice, error);
  if (wayOut) notice.append(h("p", {}, "If it stays: what this page remembers of your customer may be at fault. To begin anew drops that."), wayOut);
}

async function load() {
  const [core, keep, rules, plays] = await Promise.all([
    step("core", () => import("starwise")),
    step("core", () => import("starwise/keep")),
    step("rules", loadRules),
    step("plays", async () => (await import("./plays.js")).loadPlays()),
    step("core", async () => (await import("starwise/elements")).define()),
  ]);
  return { starwise: { ...core, ...keep }, rules, plays };
}

async function loadRules() {
  const response = await fetch(new URL("taskwise-model.json", import.meta.url));
  if (!response.ok) throw new Error(`taskwise-model.json was answered with ${response.status}`);
  return response.text();
}

async function step(name, work) {
  try {
    return await work();
  } catch (error) {
    throw new StepError(name, error);
  }
}
