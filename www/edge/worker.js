/* The Worker. The model is the one beside it. */
import { workerOf } from "./cloudflare.js";
import { customerObject } from "./durable/customer-object.js";
import model from "./model.json";

export { CensusObject } from "./durable/census-object.js";
export { RegisterObject } from "./durable/register-object.js";
export const CustomerObject = customerObject(model);
export default workerOf(model);
