// The customer's own view, driven as its customer would: every click goes through the ledger to what starwise shows.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { addTasks, badge, finishTask, focusedId, jump, LATE, lived, nudge, openTab, rules, scoreOf, starsOf, streakOf, why } from "./app.mjs";
import { faultsOf, IS_LONG, NARROW, playground, SCREENSHOTS, settled, starwise, WIDE } from "./playground.mjs";

/** The browser's time zone: one of its own, so that nothing passes for UTC. */
process.env.TZ = "America/Sao_Paulo";

const { Model } = await starwise();

let site;

before(async () => {
  site = await playground();
});

after(() => site?.close());

function opened(t, options) {
  return site.open(t, { hash: "app/", ...options });
}

test("the model of Taskwise is sound, and nothing in it looks wrong", () => {
  assert.deepEqual(Model.check(rules), []);
  assert.deepEqual(Model.lint(rules), []);
});

test("who took the offer to talk is left alone for a while", () => {
  const model = new Model(rules);
  const at = Date.parse("2026-03-19T12:00:00Z");
  const unhappy = [{ type: "nudge.answered", time: at - 7_200_000, data: { nudge: "nps", answer: 2 } }];
  const nudgeOf = (events) => model.nudge({ profile: { plan: "free", filesUsed: 1, filesRoom: 200 }, events }, { at }).nudge?.id;
  assert.equal(nudgeOf(unhappy), "sorry");
  const took = ["nudge.shown", "nudge.clicked"].map((type) => ({ type, time: at - 3_600_000, data: { nudge: "sorry" } }));
  assert.notEqual(nudgeOf([...unhappy, ...took]), "sorry");
  model.free();
});

test("both pages lead to each other", async (t) => {
  const page = await site.open(t);
  await page.getByRole("link", { name: "The customer's view" }).click();
  await page.getByRole("heading", { name: "Taskwise", exact: true }).waitFor(LATE);
  await page.getByRole("link", { name: "All customers" }).click();
  await page.getByRole("heading", { name: "Customers" }).waitFor(LATE);
});

test("onboarding to its end: the checklist fills, stars rise, badges and a level come", async (t) => {
  const page = await opened(t);
  await nudge(page, "welcome").waitFor(LATE);
  assert.equal(await starsOf(page), "0 of 5 stars");
  assert.match(await nudge(page, "welcome").textContent(), /Welcome, Robin.*0% of your first steps are done.*0 of 4 steps done/s);
  await addTasks(page, "Water the plants", "Call Ada");
  await page.getByRole("checkbox", { name: "Water the plants" }).check();
  await page.getByRole("button", { name: /^Comments on Call Ada/ }).click();
  await page.keyboard.type("On Monday?");
  await page.keyboard.press("Enter");
  assert.equal(await page.locator(".comments li").textContent(), "On Monday?");
  await page.getByLabel("E-mail of a teammate").fill("ada@example.com");
  await page.keyboard.press("Enter");
  await nudge(page, "onboarded").waitFor(LATE);
  assert.match(await nudge(page, "onboarded").textContent(), /You are all set, Robin!/);
  await page.getByRole("switch", { name: "Remind me each morning" }).check();
  // 2 × 3 for tasks, 5 for one done, 4 for a comment, 8 for Ada, 6 for reminders.
  assert.equal(await page.locator(".verdict-words").textContent(), "Score 29.0 · Getting into it");
  // Whole ones, as everything else here has them; the name of the streak stands under it.
  assert.equal(await starsOf(page), "2 of 5 stars");
  assert.equal(await page.locator(".progress-words li").textContent(), "Daily task: 1 so far. 1 day off allowed.");
  assert.match(await page.locator(".is-checklist starwise-checklist section").textContent(), /4 of 4 steps done/);
  assert.match(await page.locator(".level-words").textContent(), /^Beginner, 27 points to level 2$/);
  assert.ok(await badge(page, /First one done, earned/).isVisible());
  assert.ok(await badge(page, /Ten down, 1 of 10/).isVisible());
  assert.match(await page.locator("starwise-leaderboard section, starwise-leaderboard table").first().textContent(), /Robin \(you\)/);
});

test("a step of the checklist leads to where it is done", async (t) => {
  const page = await opened(t);
  await nudge(page, "welcome").getByRole("link", { name: "Complete a task" }).click();
  assert.equal(await focusedId(page), "new-task", "there is none yet");
  await page.locator("#said", { hasText: "Add a task first" }).waitFor(LATE);
  await addTasks(page, "The older", "The newer");
  await page.getByRole("checkbox", { name: "The newer" }).check();
  await nudge(page, "welcome").getByRole("link", { name: "Comment on a task" }).click();
  assert.equal(await focusedId(page), "comment-task-2");
  await nudge(page, "welcome").getByRole("button", { name: "Dismiss" }).click();
  await page.locator(".is-checklist starwise-checklist").getByRole("link", { name: /Invite a teammate/ }).click();
  assert.equal(await page.evaluate(() => document.activeElement.id), "invite");
  assert.ok(!page.url().includes("#"));
});

test("who is led to the plan sees it, marked and with the focus", async (t) => {
  const page = await opened(t, { viewport: { width: 1440, height: 700 } });
  await nudge(page, "welcome").waitFor(LATE);
  const locked = page.getByRole("button", { name: "Timeline view, part of Pro" });
  await locked.click();
  await nudge(page, "timeline").getByRole("link", { name: "Upgrade to Pro" }).click();
  await nudge(page, "welcome").waitFor(LATE);
  await page.locator(".account-card.is-led-to", { hasText: "Plan" }).waitFor(LATE);
  await settled(page);
  const box = await page.locator(".account-card", { hasText: "MB for files" }).boundingBox();
  assert.ok(box.y > 100 && box.y + box.height <= 700, JSON.stringify(box));
  assert.ok(await page.locator("input[name=plan]:focus-visible").isVisible());
  // The nudge rests for some minutes; the product answers all the same.
  await locked.click();
  await page.locator("#said.is-shown", { hasText: "The timeline is part of Pro" }).waitFor(LATE);
});

test("what is earned is told, and moves once", async (t) => {
  const page = await opened(t, { reducedMotion: "no-preference" });
  await addTasks(page, "One");
  await page.getByRole("checkbox", { name: "One" }).check();
  await page.locator("#said.is-shown", { hasText: "Badge earned: First one done" }).waitFor(LATE);
  assert.equal(await page.locator(".gain").textContent(), "+5.0");
  assert.equal(await page.locator("starwise-badges").getAttribute("animated"), "");
  await page.locator("starwise-badges:not([animated])").waitFor(LATE);
  // Nobody earns by the clock, nor twice by one task.
  await page.getByRole("checkbox", { name: "One" }).uncheck();
  await page.getByRole("checkbox", { name: "One" }).check();
  assert.ok(await badge(page, /Ten down, 1 of 10/).isVisible());
  await jump(page, "Tomorrow");
  assert.equal(await page.locator(".gain").textContent(), "");
});

test("who looks back is told so, and the log goes by time", async (t) => {
  const page = await opened(t);
  await finishTask(page, "On the first day");
  await jump(page, "Tomorrow");
  await finishTask(page, "On the second day");
  assert.equal(await page.locator(".clock-note").textContent(), "");
  await jump(page, "−1 day");
  assert.match(await page.locator(".clock-note").textContent(), /^You are looking back/);
  await addTasks(page, "In between");
  await openTab(page, "Events");
  const times = await page.locator(".log time").evaluateAll((list) => list.map(({ dateTime }) => dateTime));
  assert.deepEqual(times, times.toSorted().toReversed());
  assert.ok((await page.locator(".log .is-later").count()) >= 2);
});

test("a streak is kept over days, at risk, held by a freeze and lost", async (t) => {
  const page = await opened(t);
  for (const day of ["Mon", "Tue", "Wed"]) {
    await finishTask(page, `Task of ${day}`);
    if (day !== "Wed") await jump(page, "Tomorrow");
  }
  assert.match(await streakOf(page), /3-day streak/);
  assert.ok(await badge(page, /Three in a row, earned/).isVisible());
  await jump(page, "Tomorrow");
  assert.match(await streakOf(page), /3-day streak, at risk/);
  assert.match(await page.locator("[data-nudge='streak']").textContent(), /3|days in a row/);
  await jump(page, "Tomorrow");
  assert.match(await streakOf(page), /3-day streak/);
  await jump(page, "Tomorrow");
  assert.match(await streakOf(page), /No streak yet/);
  await page.getByRole("button", { name: "Now", exact: true }).click();
});

test("a locked feature explains itself; dismissed, it says so under Why, and comes again when it may", async (t) => {
  const page = await opened(t);
  await page.getByRole("button", { name: "Timeline view, part of Pro" }).click();
  await nudge(page, "timeline").waitFor(LATE);
  assert.match(await nudge(page, "timeline").textContent(), /The timeline is part of Pro.*Upgrade to Pro/s);
  assert.match(await why(page, "timeline"), /Shown now/);
  assert.match(await why(page, "timeline"), /The count of “Just tried the timeline” is 1: at least 1\..*“plan” of the profile is “free”\./s);
  assert.equal(await page.locator(".candidate").first().getAttribute("data-nudge"), "timeline");
  assert.match(await why(page, "full"), /All 200 MB.*at least “filesRoom” of the profile \(200\)/s);
  assert.match(await why(page, "onboarded"), /You are all set, Robin!/);
  assert.match(await why(page, "welcome"), /“The timeline is part of Pro” comes first/);
  await nudge(page, "timeline").getByRole("button", { name: "Dismiss" }).click();
  await nudge(page, "timeline").waitFor({ state: "detached", ...LATE });
  assert.match(await why(page, "timeline"), /You dismissed it\. It may come again from .* \(in 7 days\)/);
  await openTab(page, "Events");
  assert.deepEqual((await page.locator(".log-type").allTextContents()).filter((type) => /timeline|dismissed|blocked/.test(type)), ["nudge.dismissed", "feature.blocked"]);
  await openTab(page, "Why");
  await page.locator("[data-nudge='timeline'] [data-reason='dismissed']").getByRole("button", { name: /Go there/ }).click();
  assert.doesNotMatch(await why(page, "timeline"), /dismissed/);
  assert.match(await why(page, "timeline"), /The count of “Just tried the timeline” is 0; asked for: at least 1\./);
  await page.getByRole("button", { name: "Timeline view, part of Pro" }).click();
  await nudge(page, "timeline").getByRole("link", { name: "Upgrade to Pro" }).click();
  assert.equal(await page.evaluate(() => document.activeElement.name), "plan");
  await page.keyboard.press("ArrowRight");
  await page.getByRole("button", { name: "Timeline view", exact: true }).click();
  assert.ok(await page.getByText("What you finish stands here").isVisible());
});

test("the survey is answered by keyboard, and the answer feeds the score", async (t) => {
  const page = await opened(t);
  await addTasks(page, "One", "Two", "Three");
  for (const title of ["One", "Two", "Three"]) await page.getByRole("checkbox", { name: title, exact: true }).check();
  for (let day = 0; day < 2; day += 1) await jump(page, "Tomorrow");
  await nudge(page, "nps").waitFor(LATE);
  const before = await scoreOf(page);
  const first = nudge(page, "nps").locator("button", { hasText: /^0$/ });
  await first.focus();
  for (let step = 0; step < 9; step += 1) await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  await nudge(page, "nps").waitFor({ state: "detached", ...LATE });
  await openTab(page, "Events");
  const answered = page.locator("[data-type='nudge.answered']");
  assert.match(await answered.textContent(), /\{"nudge":"nps","answer":9\}/);
  assert.match(await answered.locator("strong").textContent(), /^\+8\.0$/);
  assert.ok((await scoreOf(page)) > before + 7);
  await openTab(page, "Why");
  assert.match(await why(page, "nps"), /You answered it/);
});

test("the banner comes when the room is used up, and quiet hours keep quiet", async (t) => {
  const page = await opened(t);
  await page.getByRole("slider", { name: "MB of files used" }).focus();
  await page.keyboard.press("End");
  await nudge(page, "full").waitFor(LATE);
  assert.match(await nudge(page, "full").textContent(), /All 200 MB for files are taken/);
  for (let hour = 0; hour < 13; hour += 1) await jump(page, "+1 h");
  assert.match(await why(page, "full"), /These are quiet hours, until .* 07:00/);
  assert.equal(await page.locator("starwise-nudge section").count(), 0);
});

test("a record that cannot be shown can be dropped", async (t) => {
  const page = await opened(t, { isBroken: true, prepare: (page) => page.addInitScript(() => {
    if (!localStorage.getItem("starwise-app")) localStorage.setItem("starwise-app", JSON.stringify({ format: 1, own: { name: "taskwise-1", rules: "{", log: [] } }));
  }) });
  await page.getByRole("heading", { name: "Something went wrong" }).waitFor(LATE);
  await page.getByRole("button", { name: "Begin anew" }).click();
  await page.getByText("Nothing to do yet").waitFor(LATE);
  await finishTask(page, "Here we are");
});

test("a reload keeps everything, a reset nothing", async (t) => {
  const page = await opened(t);
  await finishTask(page, "Keep me");
  await page.getByRole("switch", { name: "Remind me each morning" }).check();
  for (let day = 0; day < 5; day += 1) await jump(page, "Tomorrow");
  const clock = await page.locator("#clock").textContent();
  const [stars, score] = [await starsOf(page), await scoreOf(page)];
  await page.reload();
  await page.getByRole("checkbox", { name: "Keep me" }).waitFor(LATE);
  assert.ok(await page.getByRole("checkbox", { name: "Keep me" }).isChecked());
  assert.ok(await page.getByRole("switch", { name: "Remind me each morning" }).isChecked());
  assert.deepEqual([await starsOf(page), await scoreOf(page)], [stars, score]);
  assert.equal((await page.locator("#clock").textContent()).slice(0, 14), clock.slice(0, 14));
  await page.getByRole("button", { name: "Reset" }).click();
  await page.getByText("Nothing to do yet").waitFor(LATE);
  assert.equal(await scoreOf(page), 0);
  assert.equal(await page.getByRole("switch", { name: "Remind me each morning" }).isChecked(), false);
  await page.getByRole("button", { name: "Undo reset" }).click();
  await page.getByRole("checkbox", { name: "Keep me" }).waitFor(LATE);
  assert.deepEqual([await starsOf(page), await scoreOf(page)], [stars, score]);
  await page.getByRole("button", { name: "Reset", exact: true }).click();
  await page.getByText("Nothing to do yet").waitFor(LATE);
  await page.reload();
  await page.getByText("Nothing to do yet").waitFor(LATE);
  assert.equal(await page.getByRole("button", { name: "Undo reset" }).count(), 0);
  const kept = await page.evaluate(() => Object.keys(localStorage).filter((key) => /^starwise:taskwise-.*:[ab]$/.test(key)).map((key) => key.slice(0, -2)));
  assert.equal(new Set(kept).size <= 1, true, `what was wiped is gone: ${kept}`);
});

test("the keyboard goes to a nudge and back; Escape dismisses it", async (t) => {
  const page = await opened(t);
  const locked = page.getByRole("button", { name: "Timeline view, part of Pro" });
  await locked.focus();
  await page.keyboard.press("Enter");
  await nudge(page, "timeline").waitFor(LATE);
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.shadowRoot.activeElement.textContent), "Upgrade to Pro");
  await page.keyboard.press("Escape");
  await nudge(page, "timeline").waitFor({ state: "detached", ...LATE });
  assert.equal(await locked.evaluate((button) => button === document.activeElement), true);
  await page.getByRole("tab", { name: "Why" }).focus();
  await page.keyboard.press("ArrowRight");
  assert.equal(await page.locator("[role=tab][aria-selected=true]").textContent(), "Score");
  assert.ok(await page.locator(".score-lead").isVisible());
});

test("two tabs are one customer", async (t) => {
  const page = await opened(t);
  const other = await page.context().newPage();
  await other.goto(page.url());
  await other.locator(".verdict-words").waitFor(LATE);
  await finishTask(page, "From one tab");
  const box = other.getByRole("checkbox", { name: "From one tab" });
  await box.waitFor(LATE);
  await other.waitForFunction(() => document.querySelector(".verdict-words").textContent.startsWith("Score 8.0"));
  await other.getByRole("switch", { name: "Remind me each morning" }).check();
  await page.waitForFunction(() => document.querySelector(".verdict-words").textContent.startsWith("Score 14.0"));
});

for (const colorScheme of ["light", "dark"]) {
  for (const [size, viewport] of Object.entries({ wide: WIDE, narrow: NARROW })) {
    for (const dir of ["ltr", "rtl"]) {
      // Every two of the three go together in one that the checker sees: it takes its time.
      const isChecked = IS_LONG || (size === "wide") === ((colorScheme === "light") === (dir === "ltr"));
      test(`${isChecked ? "an accessibility checker finds nothing, and it fits" : "it fits"}: ${size}, ${colorScheme}, ${dir}`, async (t) => {
        const page = await opened(t, { viewport, colorScheme });
        await page.evaluate((direction) => (document.documentElement.dir = direction), dir);
        await lived(page);
        for (const tab of ["Why", "Score", "Events", "Model", "Playbook"]) {
          await openTab(page, tab);
          await settled(page);
          await page.screenshot({ path: new URL(`app-${size}-${colorScheme}-${dir}-${tab.toLowerCase()}.png`, SCREENSHOTS).pathname, fullPage: size === "narrow" });
          if (isChecked) assert.deepEqual(await faultsOf(page), []);
          assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), 0, "it fits");
        }
        if (size !== "narrow") return;
        await page.setViewportSize({ width: 320, height: 740 });
        assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), 0, "it fits into 320 pixels");
      });
    }
  }
}
