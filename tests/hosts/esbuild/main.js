import { Model } from "starwise";
import { fingerprint } from "./fingerprint.js";

document.title = `done ${fingerprint(Model)}`;
