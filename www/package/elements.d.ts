/// <reference lib="dom" />

/**
 * Custom elements that show stars, levels, streaks, badges, checklists, nudges, leaderboards and timelines.
 *
 * @example
 * ```html
 * <starwise-stars value="3.5">3.5 of 5 stars</starwise-stars>
 * <script type="module">import "starwise/elements/define";</script>
 * ```
 * @packageDocumentation
 */

import type { Event } from "./index.js";
import type {
  BadgePicture, ChecklistPicture, LeaderboardPicture, LevelPicture, NudgePicture, PictureWords, StreakPicture, TimelinePicture,
} from "./render.js";

/** Stars, or what has them, such as a result of `score`. */
export type StarsValue = number | `${number}` | { starsExact?: number | null; stars?: number | null };

/** A checklist, whose id is told with its steps. */
export type ChecklistValue = ChecklistPicture & { id?: string | undefined };

type Theme = "auto" | "light" | "dark";

/** What all elements have in common. */
declare abstract class StarwiseElement<Data> extends HTMLElement {
  /** What is shown: `null` for nothing, `undefined` for what stands between the tags. As an attribute: JSON. */
  get data(): Data | null | undefined;
  set data(data: Data | null | undefined);
  /** Light, dark, or as the page has it by its `color-scheme`, which is `auto`. */
  get theme(): Theme | undefined;
  set theme(theme: Theme | null | undefined);
  /** The colour of shapes that show what was reached: `#c60`, `rgb(204, 102, 0)`, `tomato`, `currentColor`. */
  get color(): string | undefined;
  set color(color: string | null | undefined);
  /** The colour of what is still empty. The attribute is `track-color`. */
  get trackColor(): string | undefined;
  set trackColor(color: string | null | undefined);
  /** The accessible name, in place of the picture's own. */
  get label(): string | undefined;
  set label(label: string | null | undefined);
  /** The tag of the texts' language, and so from which side they are read; without it, as the page. */
  get locale(): string | undefined;
  set locale(locale: string | null | undefined);
  /** Whether it moves, where the system does not ask for less motion. */
  get animated(): boolean | undefined;
  set animated(animated: boolean | null | undefined);
  /** The picture's own texts in another language. As an attribute: JSON. */
  get words(): PictureWords | undefined;
  set words(words: PictureWords | null | undefined);
  /** Draws now; without it, what changes is drawn once the code that changes it has ended. */
  render(): void;
}

/** Those with a height of their own. */
declare abstract class SizedElement<Data> extends StarwiseElement<Data> {
  /** The height in pixels, from 8 to 1024. */
  get size(): number | undefined;
  set size(size: number | null | undefined);
}

/** `<starwise-stars value="3.5">`: stars, the last perhaps in part. */
export class StarwiseStars extends SizedElement<StarsValue> {
  /** Stars, or a result of `score`. */
  get value(): StarsValue | null | undefined;
  set value(value: StarsValue | null | undefined);
  /** Of how many stars: 1 to 10, 5 by default. */
  get count(): number | undefined;
  set count(count: number | null | undefined);
}

/** `<starwise-level>`: a level, and how far it is to the next. */
export class StarwiseLevel extends SizedElement<LevelPicture> {
  get level(): LevelPicture | null | undefined;
  set level(level: LevelPicture | null | undefined);
}

/** `<starwise-streak>`: how long a streak is, and its last days. */
export class StarwiseStreak extends SizedElement<StreakPicture> {
  get streak(): StreakPicture | null | undefined;
  set streak(streak: StreakPicture | null | undefined);
}

/** `<starwise-badges>`: badges as a list; `size` is the height of each, `label` the name of the list. */
export class StarwiseBadges extends SizedElement<readonly BadgePicture[]> {
  get badges(): readonly BadgePicture[] | null | undefined;
  set badges(badges: readonly BadgePicture[] | null | undefined);
}

/** `<starwise-checklist>`: steps, done and to do. Dispatches `starwise-action`. */
export class StarwiseChecklist extends StarwiseElement<ChecklistValue> {
  get checklist(): ChecklistValue | null | undefined;
  set checklist(checklist: ChecklistValue | null | undefined);
  /** Whether open steps without a link are buttons, which is so by default: `false` where the page does nothing with them. */
  get actions(): boolean | undefined;
  set actions(actions: boolean | null | undefined);
}

/**
 * `<starwise-nudge>`: what to show a customer now, or nothing.
 *
 * Dispatches `starwise-shown`, `starwise-action`, `starwise-dismiss` and `starwise-answer`, each with the event for the ledger.
 * When it is dismissed or answered it goes, and `nudge` is null, unless the page prevents that.
 */
export class StarwiseNudge extends StarwiseElement<NudgePicture> {
  get nudge(): NudgePicture | null | undefined;
  set nudge(nudge: NudgePicture | null | undefined);
  /** Whether open steps of its checklist without a link are buttons, which is so by default. */
  get actions(): boolean | undefined;
  set actions(actions: boolean | null | undefined);
}

/** `<starwise-leaderboard>`: a table of ranks. */
export class StarwiseLeaderboard extends StarwiseElement<LeaderboardPicture> {
  get leaderboard(): LeaderboardPicture | null | undefined;
  set leaderboard(leaderboard: LeaderboardPicture | null | undefined);
  /** Stands above the table. */
  get caption(): string | undefined;
  set caption(caption: string | null | undefined);
}

/** `<starwise-sparkline>`: a score over time. */
export class StarwiseSparkline extends SizedElement<TimelinePicture> {
  get timeline(): TimelinePicture | null | undefined;
  set timeline(timeline: TimelinePicture | null | undefined);
  /** The width in pixels, 160 by default. */
  get width(): number | undefined;
  set width(width: number | null | undefined);
  /** Which of its columns is drawn. */
  get of(): "score" | "points" | "stars" | undefined;
  set of(column: "score" | "points" | "stars" | null | undefined);
  /** An instant, epoch ms or a text: what is after it is drawn as a forecast. */
  get now(): number | string | undefined;
  set now(now: number | string | Date | null | undefined);
  /** Heights at which a line is drawn. As an attribute: JSON. */
  get thresholds(): readonly number[] | undefined;
  set thresholds(thresholds: readonly number[] | null | undefined);
}

/** A step or a call to action was taken. Whoever prevents it leads the customer elsewhere than its link. */
export interface ActionDetail {
  element: StarwiseChecklist | StarwiseNudge;
  action: "step" | "cta";
  /** Of the step, or of the nudge. */
  id: string;
  href?: string | undefined;
  /** The checklist that the step is of. */
  checklist?: string | undefined;
  /** The nudge, where it is in one. */
  nudge?: string | undefined;
  /** For the ledger, where it is in a nudge: `nudge.clicked`. */
  event?: NudgeEvent<"nudge.clicked"> | undefined;
}

/** A nudge came into view: once for each time that it is shown. */
export interface ShownDetail {
  element: StarwiseNudge;
  id: string;
  event: NudgeEvent<"nudge.shown">;
}

/** A nudge was dismissed. Whoever prevents it keeps it on the page. */
export interface DismissDetail {
  element: StarwiseNudge;
  id: string;
  event: NudgeEvent<"nudge.dismissed">;
}

/** A survey was answered. Whoever prevents it keeps it on the page, to say thanks, say. */
export interface AnswerDetail {
  element: StarwiseNudge;
  id: string;
  answer: number;
  event: NudgeEvent<"nudge.answered">;
}

/** Something could not be drawn. Whoever prevents it keeps it off the console. */
export interface ErrorDetail {
  element: HTMLElement;
  /** A `StarwiseError`, or what the host threw when the core was to be started. */
  error: unknown;
}

/** What became of a nudge, ready for `ledger.add`. */
export interface NudgeEvent<Type extends string = string> extends Event {
  type: Type;
  /** Epoch ms. */
  time: number;
  data: Type extends "nudge.answered" ? { nudge: string; answer: number } : { nudge: string };
}

/** The events of the elements; all bubble, leave shadow trees, and can be prevented. */
export interface StarwiseEventMap {
  "starwise-action": CustomEvent<ActionDetail>;
  "starwise-shown": CustomEvent<ShownDetail>;
  "starwise-dismiss": CustomEvent<DismissDetail>;
  "starwise-answer": CustomEvent<AnswerDetail>;
  "starwise-error": CustomEvent<ErrorDetail>;
}

/** The elements by their names. */
export interface StarwiseTagNameMap {
  "starwise-stars": StarwiseStars;
  "starwise-level": StarwiseLevel;
  "starwise-streak": StarwiseStreak;
  "starwise-badges": StarwiseBadges;
  "starwise-checklist": StarwiseChecklist;
  "starwise-nudge": StarwiseNudge;
  "starwise-leaderboard": StarwiseLeaderboard;
  "starwise-sparkline": StarwiseSparkline;
}

/** What is taken for an instant; it is read as its attribute has it. */
type Instant = number | string | Date | null | undefined;

/** Everything that can be set on an element, all of it optional. */
export type ElementProperties<Name extends keyof StarwiseTagNameMap> = {
  [Key in Exclude<keyof StarwiseTagNameMap[Name], keyof HTMLElement | "render">]?: Key extends "now" ? Instant : StarwiseTagNameMap[Name][Key] | null | undefined;
};

/**
 * Defines all elements as `<starwise-stars>` and so on; `starwise/elements/define` does so at import.
 *
 * Names that are taken stay what they are, so that it may be called again. Without a DOM it does nothing.
 *
 * @param prefix what the names begin with in place of `starwise`
 * @throws {DOMException} where the prefix makes no name of an element
 */
export function define(prefix?: string): void;

/** How an element is sent by a server. */
export interface RenderElementOptions {
  /** Where the page has `starwise.css`, for a link in the shadow root. */
  stylesheet?: string;
  /** The nonce of the page's policy; without `stylesheet`, the rules stand in the shadow root under it. */
  nonce?: string;
  /** What is shown where shadow roots or scripts are unknown: a text. */
  fallback?: string;
  /** More attributes of the tag: `{ id: "rating" }`. */
  attributes?: Record<string, string | number>;
}

/**
 * Writes an element with its picture in a declarative shadow root, as a server sends it.
 *
 * In the page the element takes over what is there: as long as its state is the same, nothing is drawn anew. In Node and at
 * the edge it works at once; in a browser after the core has been started.
 *
 * @param name `starwise-stars`, or the name under your prefix
 * @param properties as they would be set on the element, and `dir`; hand over the `dir` of the page
 * @throws {StarwiseError} `element-unknown`, `element-unknown-property`, `element-invalid-attribute`, and those of the picture
 * @example
 * ```ts
 * import { renderElement } from "starwise/elements";
 * const html = renderElement("starwise-stars", { value: 3.5 }, { stylesheet: "/starwise.css", fallback: "3.5 of 5 stars" });
 * ```
 */
export function renderElement<Name extends `${string}-${string}`>(
  name: Name,
  properties?: Name extends keyof StarwiseTagNameMap ? ElementProperties<Name> & { dir?: "ltr" | "rtl" } : Record<string, unknown>,
  options?: RenderElementOptions,
): string;

/** How a tag is filled. */
export interface FillElementOptions extends Pick<RenderElementOptions, "stylesheet" | "nonce"> {
  /** From which side the page is read, where the tag itself does not say; left to right by default. */
  dir?: "ltr" | "rtl" | undefined;
}

/** What to put into a tag. */
export interface FilledElement {
  /** To be set on the tag: `value`, or `data` as JSON. The texts are as they are; escape them as your page does. */
  attributes: Record<string, string>;
  /** A declarative shadow root as HTML: put it right behind the opening tag, before what is shown where nothing can be drawn. */
  content: string;
}

/**
 * Says what to put into a tag that stands in a page already, so that it shows data before any script: for servers that rewrite
 * pages on their way. The tag keeps its attributes, which are heeded as the element would, and what stands in it.
 *
 * @param name `starwise-stars`, or the name under your prefix
 * @param attributes those of the tag, by their names in lower case, entities resolved
 * @param data what it is to show; `null` for nothing
 * @returns null where the tag has data of its own
 * @throws {StarwiseError} `element-unknown`, `element-invalid-json`, and those of the picture: leave the tag as it is then
 * @example
 * ```ts
 * import { fillElement } from "starwise/elements";
 * const filled = fillElement("starwise-stars", { size: "32" }, 3.5, { stylesheet: "/starwise.css" });
 * ```
 */
export function fillElement<Name extends `${string}-${string}`>(
  name: Name,
  attributes: Record<string, string>,
  data: Name extends keyof StarwiseTagNameMap ? StarwiseTagNameMap[Name]["data"] : unknown,
  options?: FillElementOptions,
): FilledElement | null;

declare global {
  interface HTMLElementTagNameMap extends StarwiseTagNameMap {}
  // They bubble, so elements, the document and the window hear them.
  interface GlobalEventHandlersEventMap extends StarwiseEventMap {}
}

export {};
