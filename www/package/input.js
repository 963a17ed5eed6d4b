/*
 * The careful way in: whatever a caller may hand over as bytes for the core: `{ bytes, form, release }`.
 * Sizes are checked on the way, before anything is copied into WebAssembly memory.
 */
import { MAX_EVENTS, MAX_HISTORY, MAX_MODEL_TEXT, MAX_MODEL_WIRE } from "./limits.js";
import { bytesOf } from "./text.js";
import { Packer, settled, TAG } from "./wire.js";

/** What the bytes are. */
export const FORM = { text: 0, wire: 1 };

const { hasOwnProperty: hasOwn, propertyIsEnumerable: isOwn } = Object.prototype;

/** A model in any of its forms. */
export function packModel(model) {
  const bytes = bytesOf("model", model, MAX_MODEL_TEXT);
  if (bytes) return text(bytes);
  return wire(new Packer("model", MAX_MODEL_WIRE).run((packer) => packer.value(settled(model, ""))));
}

/** A history that is an object, or nothing that a history can be. */
export function packHistory(history) {
  return wire(new Packer("history", MAX_HISTORY).run((packer) => packAny(packer, settled(history, ""))));
}

/** The profile of a history. */
export function packProfile(profile) {
  return new Packer("history", MAX_HISTORY).run((packer) => {
    packer.enter();
    packer.at("profile");
    packer.value(settled(profile, "profile"));
    packer.leave();
  });
}

function packAny(packer, history) {
  if (!isObject(history)) return packer.value(history);
  packer.enter();
  packer.tag(TAG.history);
  packer.at("events");
  packEvents(packer, settled(isOwn.call(history, "events") ? history.events : undefined, "events"));
  packer.at("profile");
  packer.value(settled(isOwn.call(history, "profile") ? history.profile : undefined, "profile"));
  packer.leave();
}

function packEvents(packer, events) {
  if (!Array.isArray(events)) {
    packer.tag(TAG.otherEvents);
    return packer.value(events);
  }
  const count = events.length >>> 0;
  if (count > MAX_EVENTS) throw packer.fail("too-many-events", `must hold at most ${MAX_EVENTS} events, found ${count}`);
  packer.enter();
  packer.tag(TAG.events);
  packer.count(count);
  for (let position = 0; position < count; position += 1) {
    packer.at(position);
    const event = settled(events[position], position);
    if (isObject(event)) packEvent(packer, event);
    else packer.value(event);
  }
  packer.leave();
}

/** The four fields in their order. Collected by a loop over the keys: four times as fast as asking for each whether it is own and enumerable. */
function packEvent(packer, event) {
  let type;
  let time;
  let id;
  let data;
  packer.enter();
  for (const key in event) {
    packer.at(key);
    if (!hasOwn.call(event, key)) continue;
    if (key === "type") type = event.type;
    else if (key === "time") time = event.time;
    else if (key === "id") id = event.id;
    else if (key === "data") data = event.data;
  }
  packer.tag(TAG.event);
  packer.at("type");
  packer.value(settled(type, "type"));
  packer.at("time");
  packer.time(time, "time");
  packer.at("id");
  packer.value(settled(id, "id"));
  packer.at("data");
  packer.value(settled(data, "data"));
  packer.leave();
}

function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function text(bytes) {
  return { bytes, form: FORM.text, release() {} };
}

function wire(packer) {
  return { bytes: packer.bytes, form: FORM.wire, release: () => packer.release() };
}
