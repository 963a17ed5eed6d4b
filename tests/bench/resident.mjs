// Scoring columns that already lie in WebAssembly memory, so that the copy is not part of what is measured: through the
// package's inner module, as `scoreMany` does it.
import { folder } from "./starwise.mjs";
import { model as json } from "./workload.mjs";

/**
 * Called as `resident(starwise, columns, options)`.
 * @returns {Promise<() => { subjects: Uint32Array, points: Float64Array, stars: Uint8Array }>}
 */
export async function resident(starwise, columns, options) {
  const { Desk, layBytes, packModel, planOf, refresh, takeColumns } = await import(new URL("core.js", folder));
  const desk = new Desk();
  desk.at(options.at);
  const input = packModel(json);
  const core = desk.model(layBytes(desk, input.bytes), input.form);
  input.release();
  const subjects = takeColumns(desk, () => core, planOf(desk, core), columns);
  return () => {
    desk.score_many(core);
    const { f64, u8 } = refresh();
    const [numbers, bytes] = [desk.numbers() >>> 3, desk.bytes()];
    return { subjects, points: f64.slice(numbers, numbers + subjects.length), stars: u8.slice(bytes, bytes + subjects.length) };
  };
}
