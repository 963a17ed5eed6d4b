import { initSync } from "@gorules/zen-engine-wasm";
import module from "@gorules/zen-engine-wasm/dist/zen_engine_wasm_bg.wasm";
import { makeScore } from "../libraries/zen-expression.mjs";
import { model } from "../workload.mjs";
import { AT, history } from "./history.mjs";

initSync({ module });
const score = makeScore(model);

export default { fetch: () => Response.json(score(history, AT)) };
