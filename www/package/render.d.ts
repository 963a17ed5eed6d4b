/**
 * Pictures of results: SVG and HTML as text, the same bytes on every host.
 *
 * @packageDocumentation
 */

/** How a picture is to look. Unknown keys are errors, `null` is absence; what a picture has no use for, it ignores. */
export interface PictureStyle {
  /** Height in pixels, 8 to 1024, of an SVG: 24 of stars, 40 of a sparkline, 56 of a streak, 96 of a level or badge. */
  size?: number | null;
  /** `"auto"` (by default) is light, and with the stylesheet as the page is, by its `color-scheme`. */
  theme?: "auto" | "light" | "dark" | null;
  /**
   * The colour of what was reached: `#rgb`, `#rrggbb` (both with opacity too), a name, `rgb()`, `rgba()`, `hsl()`, `hsla()` of
   * plain numbers, or `currentColor`. The stylesheet leaves it as it is. Shapes take it; what is HTML, as buttons are, takes
   * `--starwise-accent` and `--starwise-color`.
   */
  color?: string | null;
  /** The colour of what is still empty, likewise. */
  trackColor?: string | null;
  /** The accessible name, in the place of what the picture would say itself; under an empty one, an SVG is decoration. */
  label?: string | null;
  /** The BCP 47 tag of the texts' language: it becomes `lang`, and `dir` follows it. */
  locale?: string | null;
  /** Where the picture begins; by the locale by default, and left without one. */
  dir?: "ltr" | "rtl" | null;
  /** What ids begin with, `"starwise"` by default: one for each picture on a page. A letter, then up to 63 letters, digits, `_` or `-`. */
  prefix?: string | null;
  /** The picture's own texts in another language, by their key; what is not given stays English. */
  words?: PictureWords | null;
  /** Whether it moves, where the stylesheet is there and the system does not ask for less motion; `false` by default. */
  animated?: boolean | null;
  /** Whether it carries a `<style>` element with the rules it needs, and with which nonce (base64); `false` by default. */
  styles?: boolean | { nonce?: string | null } | null;
  /** Of how many stars, 1 to 10; 5 by default. */
  count?: number | null;
  /** Width of a sparkline in pixels, 8 to 4096; 160 by default. */
  width?: number | null;
  /** What of a timeline is drawn; the score by default. */
  of?: "score" | "points" | "stars" | null;
  /** An instant of a timeline, in epoch ms: what is after it is drawn as forecast. */
  now?: number | string | Date | null;
  /** Heights of a timeline at which a thin line is drawn, up to 10, and `[]` for none; by default where another star begins. */
  thresholds?: readonly number[] | null;
  /** The visible caption of a leaderboard. */
  caption?: string | null;
  /** Whether the open steps of a checklist that lead nowhere are buttons; `false` by default. */
  actions?: boolean | null;
}

/** The pictures' own texts. A text may use the placeholders that the English one has: `{stars}`; `{{` and `}}` are braces. */
export interface PictureWords {
  /** What stands between a number and its decimals; by default what the `locale` has there, `.` without one. */
  decimal?: string;
  /** What stands between groups of digits; by default what the `locale` has there, nothing without one. */
  group?: string;
  /** `{label}: {text}` */
  named?: string;
  /** `{stars} of {count} stars` */
  stars?: string;
  /** `Level {level}, {points} of {next} points` */
  level?: string;
  /** `Level {level}, {points} points`: of the last level. */
  levelHighest?: string;
  /** `LEVEL`: what stands above the number, where there is room for it; an empty text for nothing. */
  levelMark?: string;
  /** `{length}-day streak` */
  day?: string;
  /** `{length}-week streak` */
  week?: string;
  /** `{length}-month streak` */
  month?: string;
  /** `No streak yet` */
  noStreak?: string;
  /** `{text}, at risk` */
  atRisk?: string;
  /** `{text}, freezes left: {freezes}` */
  freezes?: string;
  /** `Last {count}: {states}` */
  recent?: string;
  /** `, `: what stands between the states. */
  separator?: string;
  /** `done` */
  done?: string;
  /** `frozen` */
  frozen?: string;
  /** `missed` */
  missed?: string;
  /** `open` */
  open?: string;
  /** `{label}, earned` */
  earned?: string;
  /** `{label}, {have} of {need}` */
  locked?: string;
  /** `Score {value}, lowest {lowest}, highest {highest}` */
  score?: string;
  /** `Points {value}, lowest {lowest}, highest {highest}` */
  points?: string;
  /** `Stars {value}, lowest {lowest}, highest {highest}` */
  starsOverTime?: string;
  /** `{text}, forecast {value}` */
  forecast?: string;
  /** `No data yet` */
  noData?: string;
  /** `{done} of {total} steps done` */
  steps?: string;
  /** `Done` */
  stepDone?: string;
  /** `Next` */
  stepNext?: string;
  /** `To do` */
  stepOpen?: string;
  /** `Optional` */
  optional?: string;
  /** `{count} of {need}` */
  count?: string;
  /** `Dismiss` */
  dismiss?: string;
  /** `{value}: {text}` */
  answer?: string;
  /** `Leaderboard` */
  leaderboard?: string;
  /** `Rank` */
  rank?: string;
  /** `Name` */
  name?: string;
  /** `Score`: the heading of a column. */
  total?: string;
  /** `Change` */
  movement?: string;
  /** `Up {places}` */
  up?: string;
  /** `Down {places}` */
  down?: string;
  /** `Unchanged` */
  same?: string;
  /** `New` */
  new?: string;
  /** `Places not shown` */
  gap?: string;
}

/** What is drawn of a level. Here and below, other keys are ignored and `null` is absence, so that results are taken as they are. */
export interface LevelPicture {
  level: number;
  name?: string | null;
  points: number;
  /** Where the next level begins; `null` at the last. */
  next?: number | null;
  /** How far one is on the way there, 0 to 1. */
  share: number;
}

/** What is drawn of a streak. */
export interface StreakPicture {
  label?: string | null;
  every: "day" | "week" | "month";
  /** How long it is. */
  current: number;
  atRisk?: boolean | null;
  freezesLeft?: number | null;
  /** The last intervals, oldest first; seven are drawn, those `"before"` there was a streak as dots. */
  recent?: readonly { state: "done" | "frozen" | "missed" | "before" | "open" }[] | null;
}

/** What is drawn of a badge. */
export interface BadgePicture {
  label: string;
  description?: string | null;
  /** A text, such as an emoji. */
  icon?: string | null;
  earned?: boolean | null;
  have: number;
  need: number;
  /** How far one is, 0 to 1. */
  share: number;
}

/** What is drawn of a timeline: columns as long as `times`, of which that of `style.of` must be there. At most 100,001 instants. */
export interface TimelinePicture {
  /** Epoch ms, in order. */
  times: ArrayLike<number>;
  score?: ArrayLike<number> | null;
  points?: ArrayLike<number> | null;
  /** Where it is there, it shows at which heights stars begin. */
  stars?: ArrayLike<number> | null;
}

/** What is drawn of a checklist. */
export interface ChecklistPicture {
  label: string;
  icon?: string | null;
  /** How far one is, 0 to 1. */
  share: number;
  doneSteps: number;
  requiredSteps: number;
  /** The id of the step that is next. */
  next?: string | null;
  steps: readonly {
    id: string;
    label?: string | null;
    /** An address of http, https or mailto, or a relative one; anything else is an error. */
    href?: string | null;
    optional?: boolean | null;
    done?: boolean | null;
    count?: number | null;
    need?: number | null;
  }[];
}

/** What is drawn of a nudge. */
export interface NudgePicture {
  id: string;
  kind: "tooltip" | "banner" | "checklist" | "survey" | "upgrade" | "reward" | "message";
  title: string;
  body?: string | null;
  /** Without a link it is a button. */
  cta?: { label: string; href?: string | null } | null;
  /** Of the kind `"checklist"`. */
  checklist?: ChecklistPicture | null;
  /** Of the kind `"survey"`: whole numbers, `to` 1 to 10 above `from`. */
  survey?: { from: number; to: number; low?: string | null; high?: string | null } | null;
}

/** What is drawn of a leaderboard: at most 10,000 rows. */
export interface LeaderboardPicture {
  rows: readonly {
    id: string | number;
    label?: string | null;
    score: number;
    rank: number;
    previousRank?: number | null;
    movement?: number | null;
    /** Whether the row stands out. */
    isAround?: boolean | null;
    /** Whether places are left out before the row. */
    gap?: boolean | null;
  }[];
}

/**
 * Stars as SVG, the last perhaps in part. Numbers below 0 and above `count` are drawn as these.
 *
 * @param value a number of stars, or what has `starsExact` or `stars`, such as a score's result
 * @throws {StarwiseError} the `picture-…` and `style-…` codes
 * @example
 * ```ts
 * import { starsSvg } from "starwise";
 * document.body.innerHTML = starsSvg(3.5, { size: 32 });
 * ```
 */
export function starsSvg(value: number | { starsExact?: number | null; stars?: number | null }, style?: PictureStyle | null): string;

/**
 * A level as SVG: its number within a ring that closes towards the next.
 *
 * @throws {StarwiseError} the `picture-…` and `style-…` codes
 * @example
 * ```ts
 * import { levelSvg } from "starwise";
 * const picture = levelSvg({ level: 4, points: 120, next: 200, share: 0.4 });
 * ```
 */
export function levelSvg(level: LevelPicture, style?: PictureStyle | null): string;

/**
 * A streak as SVG: a flame, how long it has burned, and its last seven intervals.
 *
 * @throws {StarwiseError} the `picture-…` and `style-…` codes
 * @example
 * ```ts
 * import { streakSvg } from "starwise";
 * const picture = streakSvg({ every: "day", current: 2, recent: [{ state: "done" }, { state: "done" }] });
 * ```
 */
export function streakSvg(streak: StreakPicture, style?: PictureStyle | null): string;

/**
 * A badge as SVG: a medal once it is earned, until then what is to become one.
 *
 * @throws {StarwiseError} the `picture-…` and `style-…` codes
 * @example
 * ```ts
 * import { badgeSvg } from "starwise";
 * const picture = badgeSvg({ label: "First order", icon: "🛒", earned: true, have: 1, need: 1, share: 1 });
 * ```
 */
export function badgeSvg(badge: BadgePicture, style?: PictureStyle | null): string;

/**
 * A timeline as a small SVG.
 *
 * @param timeline the result of `timeline`, or plain lists
 * @throws {StarwiseError} the `picture-…` and `style-…` codes
 * @example
 * ```ts
 * import { sparklineSvg } from "starwise";
 * const picture = sparklineSvg({ times: [0, 1, 2], score: [40, 55, 48] }, { now: 1 });
 * ```
 */
export function sparklineSvg(timeline: TimelinePicture, style?: PictureStyle | null): string;

/**
 * A checklist as HTML. Links and buttons of steps carry `data-starwise-action="step"` and `data-starwise-id`.
 *
 * @throws {StarwiseError} the `picture-…` and `style-…` codes
 * @example
 * ```ts
 * import { checklistHtml } from "starwise";
 * const steps = [{ id: "profile", label: "Say who you are", href: "/profile" }];
 * const html = checklistHtml({ label: "Begin", share: 0, doneSteps: 0, requiredSteps: 1, next: "profile", steps });
 * ```
 */
export function checklistHtml(checklist: ChecklistPicture, style?: PictureStyle | null): string;

/**
 * A nudge as HTML; of `null` the empty text. What can be done carries `data-starwise-action` (`cta`, `dismiss`, `answer`),
 * `data-starwise-id` and, for an answer, `data-starwise-value`.
 *
 * @throws {StarwiseError} the `picture-…` and `style-…` codes
 * @example
 * ```ts
 * import { nudgeHtml } from "starwise";
 * const html = nudgeHtml({ id: "hello", kind: "message", title: "Welcome back" });
 * ```
 */
export function nudgeHtml(nudge: NudgePicture | null, style?: PictureStyle | null): string;

/**
 * A leaderboard as HTML: a table, with a column of changes where a former rank is known.
 *
 * @throws {StarwiseError} the `picture-…` and `style-…` codes
 * @example
 * ```ts
 * import { leaderboardHtml } from "starwise";
 * const html = leaderboardHtml({ rows: [{ id: "ada", score: 98, rank: 1 }] }, { caption: "This week" });
 * ```
 */
export function leaderboardHtml(leaderboard: LeaderboardPicture, style?: PictureStyle | null): string;

/** The text of `starwise.css`: the stylesheet of all pictures, for a constructable sheet. */
export function stylesheet(): string;
