// The customer's own view: the plays of the playbook, and the profiles in them.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { badge, finishTask, LATE, nudge, openTab, streakOf } from "./app.mjs";
import { playground, settled } from "./playground.mjs";

/** The browser's time zone: one of its own, so that nothing passes for UTC. */
process.env.TZ = "America/Sao_Paulo";

let site;

before(async () => {
  site = await playground();
});

after(() => site?.close());

function opened(t, options) {
  return site.open(t, { hash: "app/", ...options });
}

test("what is no date is no part of the profile, and a profile that was harmed does not harm the page", async (t) => {
  const page = await opened(t);
  await openTab(page, "Playbook");
  await page.locator("[data-play='onboarding-checklist'] button").click();
  const field = page.getByLabel("Created at");
  const before = await field.inputValue();
  assert.match(before, /^2024-05-01T/);
  await field.fill("");
  await field.press("Tab");
  assert.equal(await field.inputValue(), before);
  await page.evaluate(() => {
    const record = JSON.parse(localStorage.getItem("starwise-app"));
    record.play.profile.createdAt = "soon";
    localStorage.setItem("starwise-app", JSON.stringify(record));
  });
  await page.reload();
  await page.locator(".story").waitFor(LATE);
});

test("what a play asks for can be done: rooms, a profile, and in its language", async (t) => {
  const page = await opened(t);
  await openTab(page, "Playbook");
  await page.locator("[data-play='conversation-badge'] button").click();
  await page.locator("[data-play='conversation-badge'].is-on").waitFor(LATE);
  for (let count = 0; count < 3; count += 1) await page.locator(".deed[data-type='conversation.started']").click();
  await badge(page, /Conversation starter, earned/).waitFor(LATE);
  await page.locator("[data-play='onboarding-checklist'] button").click();
  await page.locator("[data-play='onboarding-checklist'].is-on").waitFor(LATE);
  const step = page.locator("starwise-nudge [data-starwise-kind], starwise-checklist").first();
  assert.match(await step.textContent(), /0 of 4 steps done/);
  await page.getByLabel("Avatar").fill("ana.png");
  await page.getByLabel("Avatar").press("Tab");
  await page.waitForFunction(() => [...document.querySelectorAll("starwise-nudge, starwise-checklist")].some((element) => element.shadowRoot.textContent.includes("1 of 4 steps done")));
  const [{ moments }] = JSON.parse(readFileSync(new URL("../playbook/onboarding-checklist.json", import.meta.url), "utf8")).customers;
  const inGerman = moments.findIndex(({ options }) => options?.locale === "de");
  for (let moment = 0; moment < inGerman; moment += 1) await page.getByRole("button", { name: "The moment after" }).click();
  await page.waitForFunction(() => [...document.querySelectorAll("starwise-nudge, starwise-checklist")].some((element) => /2 von 4/.test(element.shadowRoot.textContent)));
});

/** What is to be seen at the opening of each play. */
const PLAYS = {
  "onboarding-checklist": { nudge: "first-steps" },
  "weekly-streak": { nudge: "keep-going", streak: /2-week streak, at risk/ },
  "conversation-badge": { nudge: "say-something", then: 1, badge: /First word, earned/ },
  "locked-feature": { nudge: "export" },
  "nps-survey": { nudge: "nps" },
  "upgrade-offer": { nudge: "upgrade" },
  "usage-limit": { nudge: "more-seats" },
  "early-rescue": { nudge: "rescue" },
  "advocate-review": { nudge: "review" },
  "sales-ready-trial": { nudge: "book-call" },
};

test("every play of the playbook can be played", async (t) => {
  const page = await opened(t);
  await finishTask(page, "Of my own");
  for (const [id, expected] of Object.entries(PLAYS)) {
    await openTab(page, "Playbook");
    await page.locator(`[data-play='${id}'] button`).click();
    await page.locator(`[data-play='${id}'].is-on`).waitFor(LATE);
    if (expected.nudge) await nudge(page, expected.nudge).waitFor(LATE);
    for (let step = 0; step < (expected.then ?? 0); step += 1) await page.getByRole("button", { name: "The moment after" }).click();
    if (expected.badge) await badge(page, expected.badge).waitFor(LATE);
    if (expected.streak) assert.match(await streakOf(page), expected.streak);
    await page.locator(".deed").first().click();
    await openTab(page, "Events");
    assert.ok((await page.locator(".log li").count()) > 1);
  }
  await page.reload();
  await nudge(page, "book-call").or(page.locator(".story")).first().waitFor(LATE);
  await page.getByRole("button", { name: "Back to Taskwise" }).click();
  await page.getByRole("checkbox", { name: "Of my own" }).waitFor(LATE);
});

test("the story of every customer of the playbook goes as its tests expect, moment by moment", async (t) => {
  const page = await opened(t);
  let count = 0;
  for (const id of Object.keys(PLAYS)) {
    const { customers } = JSON.parse(readFileSync(new URL(`../playbook/${id}.json`, import.meta.url)));
    await openTab(page, "Playbook");
    await page.locator(`[data-play='${id}'] button`).click();
    await page.locator(`[data-play='${id}'].is-on`).waitFor(LATE);
    await openTab(page, "Why");
    for (const { name, moments } of customers) {
      await page.getByLabel("Customer", { exact: true }).selectOption(name);
      await settled(page);
      for (let opening = await momentOf(page); opening > 1; opening -= 1) await page.getByRole("button", { name: "The moment before" }).click();
      for (const [position, moment] of moments.entries()) {
        if (position > 0) await page.getByRole("button", { name: "The moment after" }).click();
        await page.locator(".story-steps", { hasText: `Moment ${position + 1} of ${moments.length}` }).waitFor(LATE);
        await page.locator(".story-words", { hasText: moment.why }).waitFor(LATE);
        if (moment.nudge) await nudge(page, moment.nudge.id).waitFor(LATE);
        if (moment.nudge?.title) assert.match(await nudge(page, moment.nudge.id).textContent(), literally(moment.nudge.title));
        if (moment.nudge === null) assert.match(await page.locator(".why-summary").textContent(), /^No nudge/, `${id}, ${name}, ${moment.at}`);
        for (const [badgeId, { earned }] of Object.entries(moment.progress?.badges ?? {})) {
          const names = (await page.locator("starwise-badges svg title").allTextContents()).filter((title) => /, (earned|erreicht)$/.test(title));
          if (earned) assert.ok(names.length > 0, badgeId);
        }
        count += 1;
      }
    }
  }
  t.diagnostic(`${count} moments`);
});

async function momentOf(page) {
  return Number(/\d+/.exec(await page.locator(".story-steps").textContent())[0]);
}

/** A pattern that finds a text as it is. */
function literally(words) {
  return new RegExp(words.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&"));
}
