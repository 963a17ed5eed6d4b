// What the tests of the customer's own view do on its page, and see there.
import { readFileSync } from "node:fs";
import { PLAYGROUND, settled } from "./playground.mjs";

/** The rules of Taskwise, as they are shipped. */
export const rules = readFileSync(new URL("app/taskwise-model.json", PLAYGROUND), "utf8");
/** For what comes after something was worked out. */
export const LATE = { timeout: 10_000 };

export function focusedId(page) {
  return page.evaluate(() => document.activeElement.id);
}

/** Waits until the score is that. */
export function scored(page, score) {
  return page.waitForFunction((wanted) => Number(/[\d.]+/.exec(document.querySelector(".verdict-words").textContent)[0]) === wanted, score, LATE);
}

/** A few days of a busy customer who then tries what is locked. */
export async function lived(page) {
  await addTasks(page, "Book the train to Porto", "Send the invoice to Ben", "Water the plants");
  await page.getByRole("checkbox", { name: "Water the plants" }).check();
  await jump(page, "Tomorrow");
  await page.getByRole("checkbox", { name: "Send the invoice to Ben" }).check();
  await page.getByLabel("E-mail of a teammate").fill("ada@example.com");
  await page.getByRole("button", { name: "Invite", exact: true }).click();
  await page.getByRole("button", { name: /^Comments on Book the train/ }).click();
  await page.getByLabel("Comment on Book the train to Porto").fill("The one at nine?");
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await page.getByRole("button", { name: "Timeline view, part of Pro" }).click();
  await nudge(page, "timeline").waitFor(LATE);
}

export async function addTasks(page, ...titles) {
  for (const title of titles) {
    await page.getByLabel("New task").fill(title);
    await page.getByLabel("New task").press("Enter");
    await page.getByRole("checkbox", { name: title, exact: true }).waitFor(LATE);
  }
}

export async function finishTask(page, title) {
  await addTasks(page, title);
  await page.getByRole("checkbox", { name: title, exact: true }).check();
}

export async function jump(page, name) {
  await page.getByRole("button", { name, exact: true }).click();
  await settled(page);
}

export function openTab(page, name) {
  return page.getByRole("tab", { name, exact: true }).click();
}

export function nudge(page, id) {
  return page.locator(`starwise-nudge [data-starwise-kind][data-starwise-id='${id}']`);
}

export function badge(page, name) {
  return page.locator("starwise-badges").getByRole("img", { name });
}

export async function why(page, id) {
  await settled(page);
  return page.locator(`[data-nudge='${id}']`).textContent();
}

export function starsOf(page) {
  return page.locator(".is-verdict starwise-stars svg title").first().textContent();
}

export function streakOf(page) {
  return page.locator("starwise-streak svg title").first().textContent();
}

export async function scoreOf(page) {
  return Number(/[\d.]+/.exec(await page.locator(".verdict-words").textContent())[0]);
}
