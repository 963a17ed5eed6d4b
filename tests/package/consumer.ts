// Every public type, used as a consumer would. Compiled, never run.
import {
  type Action, type Audience, type Batch, type Bytes, type Columns, type Condition, type Contribution, type Criterion, type Curve, type DataColumn, type Decay,
  type Duration, type ErrorCode, type Event, type EventCriterion, type EventTypes, type Example, type Fault, type FilterCriterion,
  type FrequencyCriterion, type History, type Ignored, type InactivityCriterion, type Include, type Json, Ledger, type LedgerIgnored,
  type LedgerOptions, type LedgerResult, type LedgerScoreOptions, type LedgerTimelineOptions, type LedgerTransitionsOptions, type Lost,
  type ManyOptions, Model, type ModelJson, type NextChange, type NextStar, type Operand, type Part, type PartResult, type RestoreOptions,
  type Scalar, type ScoreOptions, type ScoreResult, type Scores, type Segment, type Stage, StarwiseError, type Test, type Text, type Time,
  type Timeline, type TimelineOptions, type Transition, type TransitionsOptions, type Trend, type Warning, type WarningCode,
} from "starwise";
import {
  type Badge, type BadgeAward, type BadgeProgress, type Checklist, type ChecklistProgress, type ChecklistStep, type ChosenNudge, leaderboard,
  type Leaderboard, type LeaderboardEntry, type LeaderboardOptions, type LeaderboardRow, type LedgerNudgeOptions, type LedgerProgressOptions,
  type LevelProgress, type Levels, type Nudge, type NudgeCandidate, type NudgeDecision, type NudgeKind, type NudgeOptions, type NudgePolicy,
  type NudgeReason, type Progress, type ProgressOptions, type StepDone, type StepProgress, type Streak, type StreakInterval,
  type StreakProgress, type Survey,
  type BadgePicture, badgeSvg, type ChecklistPicture, checklistHtml, type LeaderboardPicture, leaderboardHtml, type LevelPicture, levelSvg,
  type NudgePicture, nudgeHtml, type PictureStyle, type PictureWords, sparklineSvg, starsSvg, type StreakPicture, streakSvg, stylesheet,
  type TimelinePicture,
} from "starwise";
import {
  type ActionDetail, define, fillElement, type FilledElement, renderElement, type RenderElementOptions, type StarwiseChecklist, type StarwiseNudge, type StarwiseStars,
} from "starwise/elements";
import "starwise/elements/define";
import {
  type Following, type FollowOptions, followChanges, forgetLedger, type KeepOptions, keepLedger, type KeptLedger, type SnapshotTrouble, type Source,
  type StorageTrouble, type TextStorage, type Trouble, wakeAt, type WakeOptions,
} from "starwise/keep";
import { useStarwise } from "starwise/react";
import { starwise } from "starwise/svelte";
import { type Answer, type AnswerTo, type Watch, type WatchOptions, watchLedger } from "starwise/watch";
import { Model as InlineModel } from "starwise/inline";
import { init, initSync, Ledger as ManualLedger, type ModuleSource, Model as ManualModel } from "starwise/manual";
import play from "starwise/playbook/weekly-streak.json" with { type: "json" };
import module from "starwise/starwise.wasm";
import german from "starwise/words/de.json" with { type: "json" };
import { Scorer, type ScorerOptions } from "starwise/worker";

const duration: Duration = "30d";
const operand: Operand = { path: "seatsWarning" };
const scalar: Scalar = null;
const tests: Test = { eq: operand, ne: scalar, in: [1, "a", true], exists: true, olderThan: duration };
const condition: Condition = { plan: "pro", seats: { gte: 5 }, trial: tests, all: [{ a: 1 }], any: [], not: { b: { contains: "x" } } };
const curve: Curve = [[0, 0], [100, 1.5]];
const decay: Decay = { curve: "exponential", halfLife: "30d", from: "last-activity" };
const types: EventTypes = ["order", "view"];
const event: EventCriterion = {
  id: "order", kind: "event", points: 10, event: types, where: condition, award: "every", uniqueBy: "order.id", cooldown: "1h", perDay: 3,
  per: "amount", curve, period: null, decay, limit: 100, label: { en: "Orders", pt: "Encomendas" }, icon: "cart", href: "/shop", effort: 2,
  enabled: true,
};
const frequency: FrequencyCriterion = { id: "often", kind: "frequency", points: 5, event: "*", atLeast: 6, atMost: 20, within: "7d" };
const inactivity: InactivityCriterion = { id: "silent", kind: "inactivity", points: -100, for: "30d", repeat: true };
const filter: FilterCriterion = { id: "plan", kind: "filter", points: 1, where: { plan: { in: ["pro"] } }, per: "tenureDays", curve };
const criteria: Criterion[] = [event, frequency, inactivity, filter];
const part: Part = { id: "usage", weight: 50, target: 200, min: 0, max: 100, missing: "skip", period: "30d", decay: null, criteria };
const stage: Stage = { id: "new", when: { tenureDays: { lt: 30 } }, weights: { usage: 1 }, targets: { usage: 10 }, target: "baseline", points: { order: 3 } };
const segments: Segment[] = [{ id: "low", label: "Low", upTo: 50 }, { id: "high" }];
const audience: Audience = { id: "churn-risk", label: text(), when: { stars: { lte: 1 }, "counts.order": 0, not: { "profile.plan": "free" } } };
const example: Example = { name: "one order", history: { events: [] }, expect: { points: 0 } };
function text(): Text {
  return { en: "Engagement" };
}
const json: ModelJson = {
  $schema: "starwise/model.schema.json", version: 1, id: "m", name: text(), description: "d", startedAt: "createdAt", period: "30d", decay,
  parts: [part], combine: "weighted", stages: [stage], target: 100, min: -100, max: 1000, stars: { at: [1, 20, 40] }, segments,
  trend: { over: "7d", deadBand: 1 }, audiences: [audience], examples: [example],
};
// @ts-expect-error a model has criteria or parts, not both
const both: ModelJson = { criteria: [], parts: [] };
// @ts-expect-error a criterion of kind event says which events
const incomplete: Criterion = { id: "x", kind: "event", points: 1 };
// @ts-expect-error halfLife belongs to the exponential curve
const mixed: Decay = { curve: "linear", halfLife: "30d" };
// @ts-expect-error the curve is one of five
const unknown: Decay = { curve: "logistic" };

interface Profile {
  name: string;
}
const profile: Profile = { name: "Ana" };
const time: Time = new Date();
const done: Event = { type: "order", time, id: "1", data: { amount: 5 }, source: "shop" };
const history: History = { events: [done, { type: "view", time: 1.7e12 }] as const, profile };
const data: Json = { a: [1, null, "x"] };
const options: ScoreOptions = { at: "2024-01-01T00:00:00Z", timeZone: "Europe/Lisbon", dayStartHour: 4, baseline: 1000, onInvalid: "skip", include: ["trend"], horizon: "90d", locale: "pt-PT" };
const include: Include[] = ["trend", "nextStar", "nextChange"];
// @ts-expect-error `all` stands alone
const mixture: ScoreOptions = { include: ["all"] };
const bytes: Bytes = new Uint8Array();

export function use(): number {
  using model = new Model(json);
  const other = new ManualModel(JSON.stringify(data));
  const faults: Fault[] = Model.check(bytes);
  const warnings: Warning[] = Model.lint(bytes);
  const code: ErrorCode | undefined = faults[0]?.code;
  const warning: WarningCode | undefined = warnings[0]?.code;
  try {
    const result: ScoreResult = model.score(history, options);
    model.score(new ArrayBuffer(0));
    model.score("{}", null);
    const trend: Trend | undefined = result.trend;
    const lines: Contribution[] = result.contributions;
    const lost: Lost | undefined = lines[0]?.lost;
    const parts: PartResult[] = result.parts;
    const ignored: Ignored = result.ignored;
    return result.stars + (trend?.delta ?? 0) + (lost?.decay ?? 0) + parts.length + ignored.noValue;
  } catch (error) {
    if (!(error instanceof StarwiseError)) throw error;
    if (error.code === "event-invalid-time") return error.faults.length;
    // @ts-expect-error no such code
    if (error.code === "event-too-late") return 0;
    throw new Error(`${error.path} ${code} ${warning}`, { cause: error.cause });
  } finally {
    other.free();
  }
}

const week: TransitionsOptions = { from: "2024-01-01T00:00:00Z", to: new Date(), timeZone: "Europe/Lisbon", dayStartHour: 4, baseline: 10, onInvalid: "skip" };
const days: TimelineOptions = { ...week, step: "1d" };
// @ts-expect-error a timeline has steps
const stepless: TimelineOptions = week;

export function useTime(): string {
  using model = new Model(json);
  const result: ScoreResult = model.score(history, { include, horizon: 86_400_000 });
  const audiences: string[] = result.audiences;
  const next: NextStar | null | undefined = result.nextStar;
  const action: Action | undefined = next?.actions[0];
  const change: NextChange | null | undefined = result.nextChange;
  const supposed: ScoreResult = model.whatIf("{}", [done, { type: "view", time: 1.7e12 }], options);
  const timeline: Timeline = model.timeline(history, days);
  const stars: number | undefined = timeline.stars[0];
  const transitions: Transition[] = model.transitions(bytes, week);
  const told = transitions.map((turn) => {
    switch (turn.what) {
      case "stars": return turn.to - turn.from;
      case "segment": return turn.to.length + turn.from.length;
      case "audience": return turn.to ? turn.id : null;
    }
  });
  // @ts-expect-error only audiences have an id
  const id: string = transitions[0]?.id;
  return `${audiences} ${action?.count} ${action?.label} ${next?.points} ${change?.at} ${change?.segment} ${supposed.stars} ${stars} ${told} ${id}`;
}

const ledgerOptions: LedgerOptions = { profile, timeZone: "Europe/Lisbon", dayStartHour: null, replica: "phone" };
const ledgerScore: LedgerScoreOptions = { at: time, baseline: 1000, include: "all", horizon: null, locale: "pt-PT", profile };
// @ts-expect-error a ledger has a zone of its own
const elsewhere: LedgerScoreOptions = { timeZone: "Europe/Lisbon" };
const restore: RestoreOptions = { rebase: true, replica: "laptop" };
const when: LedgerTransitionsOptions = { from: 1.7e12, to: time, baseline: null };
const steps: LedgerTimelineOptions = { ...when, step: 3_600_000 };

export function useLedger(): number {
  using ledger = new Ledger(new Model(json), ledgerOptions);
  ledger.add(done);
  ledger.add([done, done] as const);
  const result: LedgerResult = ledger.score(ledgerScore);
  const ignored: LedgerIgnored = ledger.whatIf([done]).ignored;
  const timeline: Timeline = ledger.timeline(steps);
  const transitions: Transition[] = ledger.transitions(when);
  const snapshot: Uint8Array = ledger.toBytes();
  const other: ManualLedger = Ledger.fromBytes(new ManualModel(json), snapshot, restore);
  ledger.merge(other);
  ledger.merge(snapshot);
  ledger.compact("2024-01-01T00:00:00Z");
  ledger.profile = profile;
  ledger.profile = null;
  const plan: Json | undefined = ledger.profile["plan"];
  const compactedTo: number | null = ledger.compactedTo;
  // @ts-expect-error it only moves on, by `compact`
  ledger.compactedTo = 0;
  other.free();
  const zone: string = ledger.timeZone;
  return result.stars + ignored.settled + timeline.times.length + transitions.length + ledger.size + ledger.completeFrom + (compactedTo ?? 0) + ledger.dayStartHour + zone.length + Number(plan);
}

const storage: TextStorage = { getItem: async () => null, setItem() {}, removeItem: async () => {} };
const keep: KeepOptions = { ...ledgerOptions, name: "shop", storage, saveAfter: 100, onTrouble: tell };
function tell(trouble: Trouble): string {
  return "value" in trouble ? aside(trouble) : what(trouble);
}
function what({ kind, error }: StorageTrouble): string {
  return `${kind} ${error}`;
}
function aside({ kind, key, isRebased }: SnapshotTrouble): string {
  return `${kind} ${key} ${isRebased}`;
}

export async function useKeep(): Promise<boolean> {
  await using kept: KeptLedger = await keepLedger(new Model(json), keep);
  kept.add([done]);
  kept.merge(kept.ledger.toBytes());
  const off = kept.onChange(({ from }) => from === "here");
  const wake: WakeOptions = { now: () => 0, keepAlive: true };
  const follow: FollowOptions = { ...wake, horizon: 86_400_000, onError: (error) => error, include: "all", locale: "pt" };
  const following: Following = followChanges(kept, ({ stars, nextChange }) => stars + (nextChange?.at ?? 0), follow);
  followChanges(kept.ledger, ({ score }) => score);
  const source: Source<ScoreResult> = (at) => new Model(json).score(history, { at, include });
  followChanges(source, ({ segment }) => segment).stop();
  const stop: () => void = wakeAt(time, () => {}, wake);
  following.update();
  await kept.forget();
  await forgetLedger({ name: "shop", storage: "local" });
  // @ts-expect-error whose ledger?
  await forgetLedger({ storage });
  stop();
  off();
  return (await kept.save()) && kept.trouble === null && kept.score().ignored.settled === 0;
}

const streak: Streak = { id: "weeks", label: text(), icon: "🔥", event: ["lesson", "quiz"], where: { done: true }, every: "week", atLeast: 2, freezes: 1 };
const levels: Levels = { curve: { thresholds: [0, 100] as const }, base: 1.5, names: ["Novice", text()] };
const awards: BadgeAward[] = [{ event: "*", count: 3, uniqueBy: "room" }, { streak: "weeks", length: 4 }, { level: 2 }, { stars: 3 }];
const badges: Badge[] = awards.map((award, index) => ({ id: `badge-${index}`, label: text(), description: "d", icon: "🏅", award }));
const ways: StepDone[] = [{ event: "order", where: {}, count: 2 }, { profile: { name: { exists: true } } }, { criterion: "order" }];
const checklistSteps: ChecklistStep[] = ways.map((done, index) => ({ id: `step-${index}`, label: "Step", href: "/", optional: false, done }));
const checklist: Checklist = { id: "start", label: "Start", icon: "🧭", steps: checklistSteps };
const survey: Survey = { from: 1, to: 5, low: "Bad", high: text() };
const kind: NudgeKind = "survey";
const nudges: Nudge[] = [
  {
    id: "ask", kind, when: { "streaks.weeks.atRisk": true, level: { gte: 2 } }, priority: 1, cooldown: "7d", maxShown: 3, again: "90d", title: text(), body: "{stars}",
    cta: { label: "Go", href: "/go" }, survey,
  },
  { id: "list", kind: "checklist", when: {}, checklist: "start", title: "Start" },
];
const firstListed: Nudge = { id: "list", kind: "checklist", when: {}, title: "Start" };
// @ts-expect-error only surveys have a scale
const scaled: Nudge = { id: "scaled", kind: "banner", when: {}, title: "Hello", survey };
// @ts-expect-error only a checklist is one
const listed: Nudge = { id: "listed", kind: "survey", when: {}, title: "Hello", checklist: "start" };
const nudgePolicy: NudgePolicy = { maxPerDay: 1, minGap: "1h", quietHours: ["22:00", "07:00"] };
const playful: ModelJson = { criteria, streaks: [streak], levels, badges, checklists: [checklist], nudges, nudgePolicy };
// @ts-expect-error an award is of one kind
const torn: BadgeAward = { level: "2" };
const progressOptions: ProgressOptions = { at: time, timeZone: "Europe/Lisbon", dayStartHour: 4, locale: "pt", onInvalid: "skip", baseline: 10 };
const nudgeOptions: NudgeOptions = { ...progressOptions, showing: "ask" };
const ledgerProgress: LedgerProgressOptions = { at: time, profile, locale: null };
const ledgerNudge: LedgerNudgeOptions = { ...ledgerProgress, showing: null };

export function useProgress(): number {
  using model = new Model(playful);
  using ledger = new Ledger(model);
  const progress: Progress = model.progress(history, progressOptions);
  const weeks: StreakProgress | undefined = ledger.progress(ledgerProgress).streaks[0];
  const week: StreakInterval | undefined = weeks?.recent[6];
  const level: LevelProgress | null = progress.level;
  const badge: BadgeProgress | undefined = progress.badges[0];
  const list: ChecklistProgress | undefined = progress.checklists[0];
  const step: StepProgress | undefined = list?.steps.find(({ id }) => id === list.next);
  return (weeks?.current ?? 0) + (week?.state === "done" ? 1 : 0) + (level?.next ?? 0) + (badge?.earnedAt ?? 0) + (step?.need ?? 0);
}

export function useNudge(): string {
  using model = new Model(playful);
  using ledger = new Ledger(model);
  const decision: NudgeDecision = model.nudge("{}", nudgeOptions);
  const chosen: ChosenNudge | null = ledger.nudge(ledgerNudge).nudge;
  const candidate: NudgeCandidate | undefined = decision.candidates[0];
  const words = candidate?.reasons.map(why) ?? [];
  return `${chosen?.title} ${chosen?.cta?.href} ${chosen?.checklist?.share} ${chosen?.survey?.to} ${words.join()}`;
}
function why(reason: NudgeReason): string {
  switch (reason.reason) {
    case "condition": return `${reason.fact} ${reason.found}`;
    case "outranked": return reason.by;
    case "max-shown": return reason.count.toFixed();
    case "dismissed": case "answered": case "max-per-day": case "quiet-hours": return reason.until === undefined ? "never" : new Date(reason.until).toISOString();
    case "chosen": return reason.message;
    default: return new Date(reason.until).toISOString();
  }
}

export function useLeaderboard(scores: Scores<Uint32Array>): number {
  const entries: LeaderboardEntry<string>[] = [{ id: "ana", score: 1, label: "Ana" }];
  const options: LeaderboardOptions<string> = { ranking: "dense", top: 3, around: "ana", span: 1, previous: { ana: 2 }, labels: { ana: "Ana" } };
  const board: Leaderboard<string> = leaderboard(entries, options);
  const row: LeaderboardRow<string> | null = board.around;
  const ranked: LeaderboardRow<number> | undefined = leaderboard(scores, { by: "stars", around: 7 }).rows[0];
  leaderboard(entries, { previous: board });
  // @ts-expect-error entries have no columns of scores, ids are texts
  leaderboard(entries, { around: 7 });
  return (row?.movement ?? 0) + (ranked?.id ?? 0);
}

const plans: DataColumn = { codes: new Int32Array(1), dictionary: ["free", "pro"] as const };
const columns: Columns = {
  subjects: new Uint32Array(1), types: new Uint16Array(1), typeNames: ["order"], times: new BigInt64Array(1),
  data: { amount: new Float64Array(1), "item.plan": plans }, profiles: [profile, null, undefined],
};
// @ts-expect-error times are 64-bit numbers
const narrow: Columns = { subjects: new Uint32Array(1), types: new Uint8Array(1), typeNames: ["order"], times: new Float32Array(1) };
const many: ManyOptions = { at: time, onInvalid: "skip", signal: new AbortController().signal, onProgress: (done, total) => done / (total ?? done) };
// @ts-expect-error no trends come out of many
const trends: ManyOptions = { include: ["trend"] };

export async function useMany(pieces: AsyncIterable<Uint8Array>, either: Columns | string): Promise<number> {
  using model = new Model(json);
  const numbered: Uint32Array = model.scoreMany(columns, many).subjects;
  const named: string[] = model.scoreMany("", options).subjects;
  const scores: Scores = model.scoreMany(either, null);
  const first: number | string | undefined = scores.subjects[0];
  const segment: string | undefined = scores.segmentNames[scores.segment[0] ?? 0];
  const batch: Batch = model.batch(many);
  batch.push(columns);
  for await (const piece of pieces) batch.push(piece);
  const ignored: Ignored = batch.finish().ignored;

  using scorer = new Scorer();
  const how: ScorerOptions = { ...many, transfer: true };
  const there: Scores<Uint32Array> = await scorer.scoreMany(json, columns, how);
  const lines: Scores<string[]> = await scorer.scoreMany("{}", bytes);
  scorer.terminate();
  // @ts-expect-error the customers of columns are numbers
  const wrong: string[] = there.subjects;
  return numbered.length + named.length + Number(first) + Number(segment) + ignored.duplicate + lines.points.length + wrong.length;
}

export async function start(source: ModuleSource): Promise<void> {
  await init();
  await init(source);
  await init(fetch("/starwise.wasm"));
  initSync(module);
}

export { torn, firstListed, scaled, listed, both, elsewhere, incomplete, mixed, mixture, narrow, stepless, trends, unknown };

// Interfaces of a consumer's own are taken as they are, and so are CloudEvents' other keys.
interface Mine {
  type: string;
  time: number;
  source: string;
}
declare const mine: Mine[];
new Model(modelJson()).score({ events: mine });
new InlineModel(modelJson()).score({ events: mine });
function modelJson(): ModelJson {
  return { criteria };
}

const shortened: PictureWords = { ...german, stepNext: "Weiter" };
export const inGerman: string = starsSvg(3.5, { locale: "de", words: german }) + starsSvg(4, { words: shortened });
const words: PictureWords = { stars: "{stars} von {count} Sternen", decimal: "," };
const style: PictureStyle = { size: 32, theme: "dark", color: "#c60", words, styles: { nonce: "abc" }, now: new Date(0), thresholds: [20] };
const levelShown: LevelPicture = { level: 1, points: 0, next: 10, share: 0 };
const streakShown: StreakPicture = { every: "day", current: 1, recent: [{ state: "done" }] };
const badgeShown: BadgePicture = { label: "First", have: 0, need: 1, share: 0 };
const timelineShown: TimelinePicture = { times: Float64Array.of(1), score: [1] };
const checklistShown: ChecklistPicture = { label: "Begin", share: 0, doneSteps: 0, requiredSteps: 1, next: "a", steps: [{ id: "a" }] };
const nudgeShown: NudgePicture = { id: "n", kind: "checklist", title: "Go", checklist: checklistShown };
const leaderboardShown: LeaderboardPicture = { rows: [{ id: 1, score: 2, rank: 1 }] };
export const markups: string[] = [
  starsSvg(3.5, style), levelSvg(levelShown), streakSvg(streakShown), badgeSvg(badgeShown), sparklineSvg(timelineShown), checklistHtml(checklistShown),
  nudgeHtml(nudgeShown), nudgeHtml(null), leaderboardHtml(leaderboardShown), stylesheet(),
];
export const drawnResults = (shown: ScoreResult, over: Timeline) => [starsSvg(shown), sparklineSvg(over)];

// Elements, as a page has them.
export function useElements(list: ChecklistProgressLike): string {
  define();
  define("shop");
  const stars: StarwiseStars = document.createElement("starwise-stars");
  stars.value = 3.5;
  stars.value = { starsExact: 3.5, stars: 3 };
  stars.count = 10;
  stars.trackColor = null;
  stars.words = { stars: "{stars} von {count} Sternen" };
  // @ts-expect-error a number, not a text
  stars.size = "32";
  const checklist = document.querySelector("starwise-checklist");
  if (checklist) checklist.checklist = list;
  document.body.addEventListener("starwise-action", (event) => {
    const { id, action, href, element }: ActionDetail = event.detail;
    if (action === "step" && href === undefined) event.preventDefault();
    console.log(id, element.render());
  });
  const ledger = new Ledger(new Model(json));
  const nudge: StarwiseNudge = document.createElement("starwise-nudge");
  nudge.addEventListener("starwise-answer", ({ detail }) => ledger.add([detail.event, { ...detail.event, data: { nudge: detail.id, answer: detail.answer } }]));
  nudge.addEventListener("starwise-dismiss", ({ detail }) => ledger.add(detail.event));
  nudge.addEventListener("starwise-error", ({ detail }) => console.log(detail.error));
  // They bubble.
  document.addEventListener("starwise-dismiss", ({ detail }) => ledger.add(detail.event));
  window.addEventListener("starwise-answer", ({ detail }) => detail.answer.toFixed());
  // As elements.md has it.
  for (const what of ["shown", "action", "dismiss", "answer"] as const) {
    document.addEventListener(`starwise-${what}`, ({ detail }) => detail.event && ledger.add(detail.event));
  }
  // @ts-expect-error a click has no such detail
  document.addEventListener("click", ({ detail }) => detail.event);
  nudge.nudge = null;
  const look: RenderElementOptions = { stylesheet: "/starwise.css", nonce: "abc", fallback: "3.5", attributes: { id: "rating" } };
  // @ts-expect-error there is no such property
  renderElement("starwise-stars", { valeu: 3 });
  // @ts-expect-error: stars are shown as a number, or as what has them.
  fillElement("starwise-stars", {}, "three");
  const filled: FilledElement | null = fillElement("starwise-level", { size: "32" }, null, { stylesheet: "/starwise.css", dir: "rtl" });
  if (filled) return filled.content + filled.attributes.data;
  return renderElement("starwise-stars", { value: 3.5, dir: "rtl" }, look) + renderElement("shop-level", { level: null });
}
type ChecklistProgressLike = NonNullable<StarwiseChecklist["checklist"]>;

export function watched(kept: KeptLedger, opening: KeptLedger | null): number {
  const options: WatchOptions = { progress: true, nudge: true, showing: null, locale: "pt", include: ["trend"], horizon: 1000 };
  const watch: Watch = watchLedger(kept, options);
  const off: () => void = watch.subscribe(({ result, nudge }) => result.stars + (nudge?.priority ?? 0));
  off();
  watch.add([{ type: "visit", time: 0 }]);
  const initial: Partial<Answer> = watchLedger(opening, { initial: watch.getSnapshot() }).getSnapshot();
  // @ts-expect-error there may be no ledger yet
  const tooSure: number = useStarwise(opening).result.stars;
  const { result, add, update } = useStarwise(kept.ledger);
  update();
  add({ type: "visit", time: 0 });
  starwise(kept).subscribe(({ progress }) => progress?.streaks.length)();
  return result.stars + tooSure + (initial.result?.stars ?? 0);
}

/** What was asked for is there. */
export function surely(ledger: Ledger, opening: Ledger | null, options: WatchOptions): number {
  const { progress, nudge }: AnswerTo<{ progress: true; nudge: true }> = watchLedger(ledger, { progress: true, nudge: true }).getSnapshot();
  const shown: ChosenNudge | null = nudge;
  const { progress: drawn, add } = useStarwise(ledger, { progress: true, locale: "pt" });
  add([]);
  starwise(ledger, { nudge: true }).subscribe(({ nudge: told, progress: unasked }) => (told === null ? unasked?.streaks.length : told.priority));
  const later: number | undefined = useStarwise(opening, { progress: true }).progress?.streaks.length;
  // @ts-expect-error it was not asked for
  const unasked: number = useStarwise(ledger, { progress: false }).progress.streaks.length;
  // @ts-expect-error nobody knows whether it was
  const perhaps: number = watchLedger(ledger, options).getSnapshot().progress.streaks.length;
  // @ts-expect-error there is no such option
  watchLedger(ledger, { progres: true });
  return progress.streaks.length + drawn.streaks.length + (shown?.priority ?? 0) + (later ?? 0) + unasked + perhaps;
}

// A model in a file: of the playbook as it is; of one's own, which TypeScript reads as texts and numbers.
declare const own: { criteria: { id: string; kind: string; event: string; points: number }[]; nudgePolicy: { quietHours: string[] } };
// @ts-expect-error any text may be no kind
new Model(own);
export const models: Model[] = [new Model(play), new Model(own as unknown as ModelJson)];
