import * as starwise from "starwise";
import { report } from "./report.js";

export default {
  async fetch({ url }) {
    if (url.endsWith("/refused")) return new Response(await refused());
    return new Response(report(starwise));
  },
};

/** What a core of its own says where nothing may be compiled. */
async function refused() {
  const { init } = await import("./other/manual.js");
  return init(new Uint8Array(0)).then(() => "started", ({ code }) => code);
}
