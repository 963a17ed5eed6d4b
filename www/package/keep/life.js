/*
 * Lives of a history. One that is forgotten is over: what lies under its name is removed, and when that was is noted, under
 * a digest of the name, because a tab that slept or went meanwhile still has the history and may write it back. Each
 * record says which life it is of, and what is of an earlier one is no longer heeded by anybody.
 */
import { refuse } from "./listener.js";
import { NoStorage, OVER, PATIENCE, storageOf, within } from "./storage.js";

/** For how long it is noted, in ms: 30 days. Chosen: what slept for longer is discarded by every browser. */
const NOTED = 2_592_000_000;

/** What is before each key of a name. */
export function prefixOf(name) {
  if (typeof name !== "string" || !/^[^:]{1,200}$/.test(name)) refuse("name", "options.name", "a text of 1 to 200 characters without `:`", name);
  return `starwise:${name}:`;
}

/** The life that a name is in, by what was found: the instant at which the one before was forgotten, or 0. */
export function lifeOf(name, found) {
  return livesIn(found)[digestOf(name)] ?? 0;
}

/** Other tabs, where they can be heard. */
export function channelOf(storage) {
  try {
    // Without a storage in common, whoever has the same name may be anybody: on a server, another customer.
    const channel = storage.channel && new BroadcastChannel(storage.channel);
    channel?.unref?.();
    return channel;
  } catch {
    // There are none here, and reading before each write has to do.
  }
}

/** Removes all that is kept under a name, and tells other tabs; gives the life that begins. */
export async function forgetLife({ name, storage: wish }) {
  const storage = storageOf(wish, prefixOf(name));
  let life = Date.now();
  const work = storage.update((found) => {
    const lives = livesIn(found);
    // Later than the one before, though the clock was put back.
    life = Math.max(life, 1 + lifeOf(name, found));
    const recent = Object.entries(lives).filter(([, instant]) => instant > life - NOTED);
    const lasting = Object.fromEntries([...recent, [digestOf(name), life]]);
    return [...found.filter(([key]) => key !== OVER).map(([key]) => [key]), [OVER, JSON.stringify(lasting)]];
  });
  await within(PATIENCE, work).catch((error) => {
    // Where nothing can be kept, there is nothing to forget.
    if (!(error instanceof NoStorage)) throw error;
  });
  const channel = channelOf(storage);
  channel?.postMessage({ forgotten: life });
  channel?.close();
  return life;
}

function livesIn(found) {
  try {
    const lives = JSON.parse(found.find(([key]) => key === OVER)[1]);
    return Object.fromEntries(Object.entries(lives).filter(([, life]) => Number.isSafeInteger(life)));
  } catch {
    // Nothing was ever forgotten, or it cannot be read.
    return {};
  }
}

/** FNV-1a of 64 bits, over UTF-16: tells names apart and does not say them. */
function digestOf(name) {
  let digest = 0xcbf29ce484222325n;
  for (let place = 0; place < name.length; place += 1) {
    digest = BigInt.asUintN(64, (digest ^ BigInt(name.charCodeAt(place))) * 0x100000001b3n);
  }
  return digest.toString(36);
}
