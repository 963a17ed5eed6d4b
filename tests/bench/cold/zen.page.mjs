import init from "@gorules/zen-engine-wasm";
import { makeScore } from "../libraries/zen-expression.mjs";
import { model } from "../workload.mjs";
import { AT, history } from "./history.mjs";

await init();
const { points, stars } = makeScore(model)(history, AT);
globalThis.cold = { milliseconds: performance.now(), result: { points, stars } };
