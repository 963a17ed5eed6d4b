/* The model as a caller meets it: checked once, then scoring histories. */
import { errorOf, faultAt, StarwiseError } from "./error.js";
import { check, lint, ModelCore } from "./glue.js";
import { packHistory, packModel, packOptions } from "./input.js";
import { checkZone, zoneTable } from "./zone.js";

export class Model {
  #core;

  constructor(json) {
    const input = packModel(json);
    this.#core = calling(() => new ModelCore(input.bytes, input.form), input);
  }

  static check(json) {
    let input;
    try {
      input = packModel(json);
    } catch (error) {
      if (error instanceof StarwiseError) return error.faults;
      throw error;
    }
    return calling(() => check(input.bytes, input.form), input);
  }

  static lint(json) {
    const input = packModel(json);
    return calling(() => lint(input.bytes, input.form), input);
  }

  score(history, options) {
    const input = packHistory(history);
    const settings = packOptions(options, Date.now());
    // Only now, because a getter of the caller's may have freed the model meanwhile.
    const core = this.#living();
    return calling(
      () => core.score(input.bytes, input.form, settings.bytes, zoneFor(settings.timeZone)),
      input,
      settings,
    );
  }

  free() {
    this.#core?.free();
    this.#core = undefined;
  }

  #living() {
    if (this.#core) return this.#core;
    throw new StarwiseError([faultAt("model-freed", "model", "must not be used after `free()`")]);
  }
}

// Where the host has it; elsewhere `free()` is the way.
if (Symbol.dispose) {
  Object.defineProperty(Model.prototype, Symbol.dispose, {
    value: Model.prototype.free,
    configurable: true,
    writable: true,
  });
}

/** Calls the core: its list of faults becomes one error, and the buffers of the call are given back in any case. */
function calling(call, ...inputs) {
  try {
    return call();
  } catch (thrown) {
    throw errorOf(thrown);
  } finally {
    for (const input of inputs) input.release();
  }
}

/** How the core asks for the offsets of a zone, once a call at most; none for UTC. A name is checked even where no civil day is needed. */
function zoneFor(timeZone) {
  if (timeZone === null || timeZone === "UTC") return undefined;
  checkZone(timeZone);
  return (from, to) => zoneTable(timeZone, from, to);
}
