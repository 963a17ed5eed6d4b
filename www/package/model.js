/* The model as a caller meets it: checked once, then scoring histories. */
import { atDesk, FAULTY, faultOf, layBytes, textOf } from "./desk.js";
import { errorAt, StarwiseError } from "./error.js";
import { takeBoth, takeHistory } from "./history.js";
import { packModel } from "./input.js";
import { Batch, scoreMany } from "./many.js";
import { namesOf, planOf } from "./names.js";
import { layOptions, layRange, NUDGE_OPTIONS, PROGRESS_OPTIONS } from "./options.js";
import { resultOf } from "./result.js";
import { timelineOf, transitionsOf } from "./time.js";
import { layZone, spanOf } from "./zone.js";

/** What a model keeps to itself, for a ledger: none where it is no model. */
export let insideOf;

export class Model {
  static {
    insideOf = (model) => {
      const isModel = typeof model === "object" && model !== null && #core in model;
      return isModel ? { core: model.#living(), plan: model.#plan } : undefined;
    };
  }

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
      // That nothing is started is no fault of the model.
      if (error instanceof StarwiseError && error.code !== "start-missing") return error.faults;
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
    return this.#score(options, (desk, core) => takeHistory(desk, core, this.#plan, history));
  }

  whatIf(history, extra, options) {
    return this.#score(options, (desk, core) => takeBoth(desk, core, this.#plan, history, extra));
  }

  timeline(history, options) {
    return this.#ask(history, options, true, timelineOf);
  }

  transitions(history, options) {
    return this.#ask(history, options, false, transitionsOf);
  }

  progress(history, options) {
    return this.#tell(history, options, PROGRESS_OPTIONS, (desk, core) => desk.progress(core));
  }

  nudge(history, options) {
    return this.#tell(history, options, NUDGE_OPTIONS, (desk, core) => desk.nudge(core));
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

  #score(options, take) {
    return atDesk((desk) => {
      const settings = layOptions(desk, options, Date.now());
      // Asked for again and again, because a getter of the caller's may free the model meanwhile.
      const core = () => this.#living();
      if (take(desk, core) === FAULTY) throw faultOf(desk);
      if (settings.timeZone && this.#plan.civilDays) layZone(desk, settings.timeZone, desk.first_time(), desk.instant());
      if (desk.score(core()) === FAULTY) throw faultOf(desk);
      return resultOf(desk, namesOf(desk, core(), this.#plan, settings.locale));
    });
  }

  /** What a desk puts into its text of a history. */
  #tell(history, options, names, work) {
    return atDesk((desk) => {
      const settings = layOptions(desk, options, Date.now(), names);
      const core = () => this.#living();
      if (takeHistory(desk, core, this.#plan, history) === FAULTY) throw faultOf(desk);
      const span = settings.timeZone && spanOf(this.#plan, desk.first_time(), desk.instant());
      if (span) layZone(desk, settings.timeZone, ...span);
      if (work(desk, core()) === FAULTY) throw faultOf(desk);
      return JSON.parse(textOf(desk));
    });
  }

  #ask(history, options, hasSteps, answerOf) {
    return atDesk((desk) => {
      const range = layRange(desk, options, hasSteps);
      const core = () => this.#living();
      if (takeHistory(desk, core, this.#plan, history) === FAULTY) throw faultOf(desk);
      if (range.timeZone && this.#plan.civilDays) layZone(desk, range.timeZone, desk.first_time(), desk.last_time());
      const count = desk.ask(core());
      if (count < 0) throw faultOf(desk);
      return answerOf(desk, count, range, this.#plan);
    });
  }

  #living() {
    if (this.#core) return this.#core;
    throw errorAt("model-freed", "model", "must not be used after `free()`");
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
