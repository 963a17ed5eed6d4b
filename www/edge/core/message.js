/* What others are told, and in which words. A body is written once, so that every try of a message sends the same. */
import { wants } from "./webhooks.js";

const TYPES = { stars: () => "stars.changed", segment: () => "segment.changed", audience: ({ to }) => (to ? "audience.entered" : "audience.left") };

/**
 * One message for each change and each listener that wants it, in the order in which they are to arrive.
 *
 * @param {object[]} webhooks who listens
 * @param {{ identity: string, number: number, name: string, changes: object[], standing: object, labels: object }} news `identity` is of this
 *   customer and nobody else; `number` counts what they were told
 * @returns {{ id: string, listener: string, body: string }[]}
 */
export function messagesOf(webhooks, { identity, number, name, changes, standing, labels }) {
  return changes.flatMap((change, step) => webhooks.filter((webhook) => wants(webhook, change)).map(({ id, form }) => ({
    id: `msg_${identity}_${number}-${step}_${id}`,
    listener: id,
    body: JSON.stringify(forms[form]({ name, change, standing, labels })),
  })));
}

const forms = {
  json: ({ name, change, standing: { score, stars, segment, audiences }, labels }) => {
    const { what, id, from, to, at } = change;
    const label = what === "segment" ? labels.segments[to] : labels.audiences[id];
    return {
      type: TYPES[what](change),
      timestamp: new Date(at).toISOString(),
      data: { customer: name, from, to, id, label, score, stars, segment, audiences, at },
    };
  },
  slack: ({ name, change, standing: { score, stars }, labels }) => {
    const { what, id, from, to } = change;
    const who = `\`${escaped(name.replaceAll("`", "'").replace(/[\p{C}\p{Z}]+/gu, " "))}\``;
    const points = `score ${Math.round(score)}`;
    if (what === "stars") return { text: `${who} ${to > from ? "rose" : "fell"} from ${from} to ${counted(to)} (${points})` };
    const of = (known, key) => `*${escaped(known[key] ?? key.replaceAll("-", " "))}*`;
    if (what === "segment") return { text: `${who} is now ${of(labels.segments, to)}, was ${of(labels.segments, from)} (${counted(stars)}, ${points})` };
    return { text: `${who} ${to ? "entered" : "left"} ${of(labels.audiences, id)} (${counted(stars)}, ${points})` };
  },
};

function counted(stars) {
  return `${stars} ${stars === 1 ? "star" : "stars"}`;
}

/** The three characters that mean something to Slack. */
function escaped(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** The labels of a model's JSON, by id: `{ segments, audiences }`; of several languages the first, which is for everybody. */
export function labelsOf(json) {
  const { segments, audiences } = typeof json === "string" ? JSON.parse(json) : json;
  const byId = (list) => Object.fromEntries((list ?? []).filter(({ label }) => label).map(({ id, label }) => [id, typeof label === "string" ? label : Object.values(label)[0]]));
  return { segments: byId(segments), audiences: byId(audiences) };
}
