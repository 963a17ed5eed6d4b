/* The thread of a worker in Node. */
import { parentPort } from "node:worker_threads";
import { answer } from "./thread.js";

const load = () => import("./index.node.js");

parentPort.on("message", (data) => answer(data, (message, buffers) => parentPort.postMessage(message, buffers), load));
