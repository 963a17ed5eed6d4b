/*
 * Desks: where calls are worked out, in WebAssembly memory. JavaScript lays bytes and numbers there and reads what
 * came out. A call that is made during another (by a getter of what is being read) gets a desk of its own.
 */
import { errorOf } from "./error.js";
import { Desk } from "./glue.js";
import { memory } from "./load.js";
import { notStarted } from "./start.js";

/** The core's answers to a call. */
export const FAULTY = 1;
export const UNUSUAL = 2;

const KEPT = 2;
const idle = [];
const utf8 = new TextDecoder();

/** Views of the whole memory; made anew when it has grown. */
export const view = { buffer: undefined, u8: undefined, u32: undefined, f64: undefined };

/** Brings the views up to date: after every call that may have asked for memory. */
export function refresh() {
  const { buffer } = memory;
  if (view.buffer === buffer) return view;
  view.buffer = buffer;
  view.u8 = new Uint8Array(buffer);
  view.u32 = new Uint32Array(buffer);
  view.f64 = new Float64Array(buffer);
  return view;
}

/** Does some work at a desk. */
export function atDesk(work) {
  const desk = idle.pop() ?? newDesk();
  let isSound = true;
  try {
    return work(desk);
  } catch (error) {
    // What was at work when the host gave up cannot be used again.
    isSound = !(error instanceof WebAssembly.RuntimeError || error instanceof RangeError);
    throw error;
  } finally {
    if (isSound && idle.length < KEPT) idle.push(desk);
    else if (isSound) desk.free();
  }
}

function newDesk() {
  if (!memory) throw notStarted();
  return new Desk();
}

/** Lays bytes down as the input of the next call. */
export function layBytes(desk, bytes) {
  const at = desk.room(bytes.length);
  refresh().u8.set(bytes, at);
  return bytes.length;
}

/** The text that a call left. */
export function textOf(desk) {
  const start = desk.text();
  const bytes = refresh().u8.subarray(start, start + desk.text_length());
  // What is shared cannot be decoded in every browser; memory never is, here.
  return utf8.decode(bytes);
}

/** The error that a call left. */
export function faultOf(desk) {
  return errorOf(JSON.parse(textOf(desk)));
}
