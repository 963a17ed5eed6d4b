import { Model } from "starwise";
import { model as rules } from "../workload.mjs";
import { AT, history } from "./history.mjs";

const { points, stars } = new Model(rules).score(history, { at: AT });
globalThis.cold = { milliseconds: performance.now(), result: { points, stars } };
