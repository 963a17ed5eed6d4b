/* What starwise draws moves when something comes, and not when it is drawn anew. */
import { put } from "../element.js";

/** How long the longest of its movements takes, in ms. */
const MOVING_MS = 1000;

/** Lets a picture move once; whoever asks for less motion sees none. */
export function moveOnce(picture) {
  put(picture, "animated", "");
  setTimeout(() => put(picture, "animated", null), MOVING_MS);
}
