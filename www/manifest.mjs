/*
 * The custom-elements manifest, schema 1.0.0, by which editors know tags, attributes and events: made from the classes
 * themselves, so that it names what there is. https://github.com/webcomponents/custom-elements-manifest
 */

/** Property -> what it is, in the type of TypeScript and in a sentence. */
const PROPERTIES = {
  data: ["unknown", "What is shown: null for nothing, undefined for what stands between the tags. As an attribute: JSON."],
  value: ["number | { starsExact?: number; stars?: number }", "Stars, or a result of score."],
  level: ["LevelPicture", "The level of model.progress."],
  streak: ["StreakPicture", "A streak of model.progress."],
  badges: ["BadgePicture[]", "The badges of model.progress."],
  checklist: ["ChecklistPicture", "A checklist of model.progress."],
  nudge: ["NudgePicture", "The nudge of model.nudge."],
  leaderboard: ["LeaderboardPicture", "The result of leaderboard."],
  timeline: ["TimelinePicture", "The result of model.timeline."],
  theme: ['"auto" | "light" | "dark"', "Light, dark, or as the page has it."],
  color: ["string", "The colour of what was reached."],
  trackColor: ["string", "The colour of what is still empty."],
  label: ["string", "The accessible name, in place of the picture's own."],
  locale: ["string", "The language tag of the texts, and so from which side they are read."],
  dir: ['"ltr" | "rtl"', "From which side it is read; by default by the locale, else as the page."],
  animated: ["boolean", "Whether it moves, where the system does not ask for less motion."],
  words: ["PictureWords", "The picture's own texts in another language. As an attribute: JSON."],
  actions: ["boolean", "Whether open steps without a link are buttons, as they are by default."],
  size: ["number", "The height in pixels."],
  count: ["number", "Of how many stars, 1 to 10."],
  width: ["number", "The width in pixels."],
  of: ['"score" | "points" | "stars"', "What of a timeline is drawn."],
  now: ["number | string", "An instant: what is after it is drawn as forecast."],
  thresholds: ["number[]", "Heights at which a thin line is drawn. As an attribute: JSON."],
  caption: ["string", "The visible caption."],
};
const DESCRIPTIONS = {
  stars: "Stars, the last perhaps in part.",
  level: "A level, and how far it is to the next.",
  streak: "How long a streak is, and its last intervals.",
  badges: "Badges as a list.",
  checklist: "Steps, done and to do.",
  nudge: "What to show a customer now, or nothing.",
  leaderboard: "A table of ranks.",
  sparkline: "A score over time.",
};
const EVENTS = {
  "starwise-action": ["ActionDetail", "A step or a call to action was taken; prevented, its link leads nowhere."],
  "starwise-shown": ["ShownDetail", "The nudge came into view."],
  "starwise-dismiss": ["DismissDetail", "The nudge was dismissed; prevented, it stays."],
  "starwise-answer": ["AnswerDetail", "The survey was answered; prevented, it stays."],
  "starwise-error": ["ErrorDetail", "Something could not be drawn; prevented, the console is not told."],
};
/** Those that not every element dispatches. */
const OWN_EVENTS = { checklist: ["starwise-action"], nudge: ["starwise-action", "starwise-shown", "starwise-dismiss", "starwise-answer"] };
const CSS_PROPERTIES = {
  "--starwise-color": "What was reached.",
  "--starwise-accent": "How far one is; links and buttons.",
  "--starwise-on-accent": "What stands on that: words of buttons, check marks.",
  "--starwise-track": "What is still empty.",
  "--starwise-text": "Texts.",
  "--starwise-background": "What cards stand on.",
  "--starwise-border": "The border of cards.",
  "--starwise-font": "The font family.",
  "--starwise-radius": "How round the corners of cards are.",
};
const CHECKLIST_PARTS = "checklist title icon share bar track progress steps step step-done step-next step-open mark label count optional";
/** For `::part()`; in SVG they take fill, stroke and fonts. */
const PARTS = {
  stars: "stars empty full",
  level: "level track bar mark number",
  streak: "streak flame number freezes day done frozen missed before open",
  badges: "badges item name badge medal ribbons icon track bar pill share",
  checklist: CHECKLIST_PARTS,
  nudge: `nudge content body button dismiss answers answer ends ${CHECKLIST_PARTS}`,
  leaderboard: "leaderboard table caption row row-around gap empty rank name score movement",
  sparkline: "sparkline area line baseline threshold point now forecast",
};

/** The manifest of the elements that a built package has. */
export function manifestOf(elements) {
  const classes = Object.entries(elements).filter(([name]) => name.startsWith("Starwise"));
  const made = classes.map(([name, Class]) => ({ name, Class, kind: name.replace("Starwise", "").toLowerCase() }));
  const declarations = made.map(declarationOf);
  const exports = made.map(({ name }) => ({ kind: "js", name, declaration: { name, module: "elements.js" } }));
  const definitions = made.map(({ name, kind }) => ({ kind: "custom-element-definition", name: `starwise-${kind}`, declaration: { name, module: "elements.js" } }));
  return {
    schemaVersion: "1.0.0",
    modules: [
      { kind: "javascript-module", path: "elements.js", declarations, exports },
      { kind: "javascript-module", path: "elements-define.js", declarations: [], exports: definitions },
    ],
  };
}

function declarationOf({ name, Class, kind }) {
  const properties = [...new Set(["data", Class.property, ...Class.settings])];
  const attributes = Class.observedAttributes.map((attribute) => {
    const fieldName = attribute.replace(/-(\w)/g, (_, letter) => letter.toUpperCase());
    return { name: attribute, fieldName, ...about(fieldName) };
  });
  return {
    kind: "class",
    customElement: true,
    name,
    tagName: `starwise-${kind}`,
    description: DESCRIPTIONS[kind],
    superclass: { name: "HTMLElement" },
    attributes,
    members: [
      ...properties.map((property) => ({ kind: "field", name: property, ...about(property) })),
      { kind: "method", name: "render", description: "Draws now.", return: { type: { text: "void" } } },
    ],
    events: [...(OWN_EVENTS[kind] ?? []), "starwise-error"].map((event) => {
      const [detail, description] = EVENTS[event];
      return { name: event, type: { text: `CustomEvent<${detail}>` }, description };
    }),
    slots: [{ name: "", description: "Shown where nothing can be drawn." }],
    cssParts: PARTS[kind].split(" ").map((part) => ({ name: part })),
    cssProperties: Object.entries(CSS_PROPERTIES).map(([property, description]) => ({ name: property, description })),
  };
}

function about(property) {
  const [text, description] = PROPERTIES[property];
  return { type: { text }, description };
}
