/* The page's start: loads the scorer, a model and a history, and tells the user what to do where that fails. */
import { readFile } from "./file/reading.js";
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
  const [{ Model, Ledger }, json, population] = await Promise.all([
    step("core", () => import("starwise")),
    step("model", loadModel),
    step("data", loadPopulation),
  ]);
  await step("model", () => new Model(json).free());
  return { Model, Ledger, json, population };
}

async function loadModel() {
  const response = await answerOf("shop-model.json");
  return response.json();
}

async function loadPopulation() {
  const response = await answerOf("data/shop-events.csv.gz");
  const { population } = await readFile(await response.blob());
  return population;
}

async function answerOf(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address} was answered with ${response.status}`);
  return response;
}

async function step(name, work) {
  try {
    return await work();
  } catch (error) {
    throw new StepError(name, error);
  }
}
