/* The page's start: loads the scorer, a model and a history, and tells the user what to do where that fails. */
import { loadEvents } from "./event-file.js";
import { showFailure, showProgress, StepError } from "./notice.js";
import { startPlayground } from "./playground.js";
import { themeSwitch } from "./theme.js";

const notice = document.getElementById("notice");

themeSwitch(document.getElementById("theme"));
try {
  startPlayground(await load(), notice);
} catch (error) {
  showFailure(notice, error);
}

async function load() {
  showProgress(notice, "Loading the history and the scorer");
  // The scorer is asked for here and not in an import statement, so that a refusal can be told to the user.
  const [{ Model }, json, file] = await Promise.all([
    step("core", () => import("starwise")),
    step("model", loadModel),
    step("data", () => loadEvents("data/shop-events.csv.gz")),
  ]);
  const model = await step("model", () => new Model(json));
  return { model, json, file };
}

async function loadModel() {
  const response = await fetch("shop-model.json");
  if (!response.ok) throw new Error(`shop-model.json was answered with ${response.status}`);
  return response.json();
}

async function step(name, work) {
  try {
    return await work();
  } catch (error) {
    throw new StepError(name, error);
  }
}
