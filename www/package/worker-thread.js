/* The thread of a web worker. It listens before anything is loaded, so that no message is lost. */
import { answer } from "./thread.js";

const load = () => import("./index.browser.js");

self.onmessage = ({ data }) => answer(data, (message, buffers) => self.postMessage(message, buffers), load);
