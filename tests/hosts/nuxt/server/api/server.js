import { Model } from "starwise";
import { fingerprint } from "../../fingerprint.js";

export default defineEventHandler(() => `[${fingerprint(Model)}]`);
