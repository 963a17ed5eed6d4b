import * as starwise from "starwise";
import { report } from "./report.js";

console.log(report(starwise));
