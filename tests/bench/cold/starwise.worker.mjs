import { Model } from "starwise";
import { model as rules } from "../workload.mjs";
import { AT, history } from "./history.mjs";

const model = new Model(rules);

export default { fetch: () => Response.json(model.score(history, { at: AT })) };
