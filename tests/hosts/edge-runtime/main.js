import * as starwise from "starwise";
import { report } from "./report.js";

addEventListener("fetch", (event) => event.respondWith(new Response(report(starwise))));
