/* The model as a caller meets it: checked once, then scoring histories. */
import { atDesk, FAULTY, faultOf, layBytes, textOf, UNUSUAL } from "./desk.js";
import { faultAt, StarwiseError } from "./error.js";
import { FORM, packHistory, packModel } from "./input.js";
import { layHistory } from "./lay.js";
import { MAX_HISTORY } from "./limits.js";
import { Batch, scoreMany } from "./many.js";
import { namesOf, planOf } from "./names.js";
import { layOptions } from "./options.js";
import { resultOf } from "./result.js";
import { layText } from "./text.js";
import { layZone } from "./zone.js";

export class Model {
  #core;
  /** What it reads and what it is called, for the quick way in and the results. */
  #plan;

  constructor(json) {
    atDesk((desk) => {
      const { length, form } = layModel(desk, json);
      const core = desk.model(length, form);
      if (!core) throw faultOf(desk);
      this.#core = core;
      this.#plan = planOf(desk, core);
    });
  }

  static check(json) {
    try {
      return atDesk((desk) => {
        const { length, form } = layModel(desk, json);
        desk.check(length, form);
        return JSON.parse(textOf(desk));
      });
    } catch (error) {
      if (error instanceof StarwiseError) return error.faults;
      throw error;
    }
  }

  static lint(json) {
    return atDesk((desk) => {
      const { length, form } = layModel(desk, json);
      if (!desk.lint(length, form)) throw faultOf(desk);
      return JSON.parse(textOf(desk));
    });
  }

  score(history, options) {
    return atDesk((desk) => {
      const settings = layOptions(desk, options, Date.now());
      // Asked for again and again, because a getter of the caller's may free the model meanwhile.
      const core = () => this.#living();
      if (takeHistory(desk, core, this.#plan, history) === FAULTY) throw faultOf(desk);
      if (settings.timeZone && this.#plan.civilDays) layZone(desk, settings.timeZone, desk.first_time(), desk.instant());
      if (desk.score(core()) === FAULTY) throw faultOf(desk);
      return resultOf(desk, namesOf(desk, core(), this.#plan, settings.locale));
    });
  }

  scoreMany(input, options) {
    return scoreMany(() => this.#living(), this.#plan, input, options);
  }

  batch(options) {
    return new Batch(() => this.#living(), this.#plan, options);
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

function layModel(desk, json) {
  const input = packModel(json);
  try {
    return { length: layBytes(desk, input.bytes), form: input.form };
  } finally {
    input.release();
  }
}

/** A history in any of its forms, by the quickest way that takes it. */
function takeHistory(desk, core, plan, history) {
  const length = layText(desk, "history", history, MAX_HISTORY);
  if (length !== undefined) return desk.take(core(), length, FORM.text);
  const answer = quickly(desk, core, plan, history);
  if (answer !== false && answer !== UNUSUAL) return answer;
  const input = packHistory(history);
  try {
    const length = layBytes(desk, input.bytes);
    return desk.take(core(), length, input.form);
  } finally {
    input.release();
  }
}

function quickly(desk, core, plan, history) {
  try {
    return layHistory(desk, core, plan, history);
  } catch (error) {
    if (error?.code === "model-freed") throw error;
    // Whatever the caller's own code threw, the careful way meets it again, and says where.
    return false;
  }
}
