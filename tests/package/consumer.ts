// Every public type, used as a consumer would. Compiled, never run.
import {
  type Batch, type Bytes, type Columns, type Condition, type Contribution, type Criterion, type Curve, type DataColumn, type Decay,
  type Duration, type ErrorCode, type Event, type EventCriterion, type EventTypes, type Example, type Fault, type FilterCriterion,
  type FrequencyCriterion, type History, type Ignored, type InactivityCriterion, type Json, type Lost, type ManyOptions, Model,
  type ModelJson, type Operand, type Part, type PartResult, type Scalar, type ScoreOptions, type ScoreResult, type Scores,
  type Segment, type Stage, StarwiseError, type Test, type Text, type Time, type Trend, type Warning, type WarningCode,
} from "starwise";
import { init, initSync, type ModuleSource, Model as ManualModel } from "starwise/manual";
import module from "starwise/starwise.wasm";
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
const example: Example = { name: "one order", history: { events: [] }, expect: { points: 0 } };
const text: Text = { en: "Engagement" };
const json: ModelJson = {
  $schema: "starwise/model.schema.json", version: 1, id: "m", name: text, description: "d", startedAt: "createdAt", period: "30d", decay,
  parts: [part], combine: "weighted", stages: [stage], target: 100, min: -100, max: 1000, stars: { at: [1, 20, 40] }, segments,
  trend: { over: "7d", deadBand: 1 }, examples: [example],
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
const options: ScoreOptions = { at: "2024-01-01T00:00:00Z", timeZone: "Europe/Lisbon", dayStartHour: 4, baseline: 1000, onInvalid: "skip", include: ["trend"], locale: "pt-PT" };
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

export { both, incomplete, mixed, narrow, trends, unknown };

// Interfaces of a consumer's own are taken as they are, and so are CloudEvents' other keys.
interface Mine {
  type: string;
  time: number;
  source: string;
}
declare const mine: Mine[];
new Model(modelJson()).score({ events: mine });
function modelJson(): ModelJson {
  return { criteria };
}
