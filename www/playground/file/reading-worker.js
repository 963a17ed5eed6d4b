/* Reads a file beside the page, so that the page stays responsive however long it takes. */
import { FileFault } from "./fault.js";
import { readFile } from "./reading.js";

/** How far the reading has to get before it is told again. */
const STEP = 0.005;

addEventListener("message", async ({ data: { blob, columns } }) => {
  let told = 0;
  const onProgress = (share) => {
    if (share - told < STEP) return;
    told = share;
    postMessage({ progress: share });
  };
  try {
    const { population, report } = await readFile(blob, { columns, onProgress });
    const { subjects, types, times, data } = population.columns;
    const buffers = [subjects, types, times, population.starts, data?.value].filter(Boolean).map(({ buffer }) => buffer);
    postMessage({ population, report }, buffers);
  } catch (error) {
    // What else can go wrong are damaged gzip and the like: the browser's words, in no line of the file.
    const { message } = error instanceof FileFault ? error : new FileFault(`the file could not be read: ${error.message || error}`);
    postMessage({ fault: message });
  }
});
