// Sabotage: whatever a customer's object asks of its storage, of the register or of the network is a step, and one of them fails. It is of
// the isolate, so that the worker under test can order it for an object.

/** What is ordered: the object's id, the number of the step, and how it fails. And what was seen of its steps. */
let order;
export const delivered = [];

export function arm(next) {
  order = { ...next, steps: [], rowsWritten: 0, rowsRead: 0 };
}

/** The steps there were since it was ordered, and the rows that they cost. */
export function disarm() {
  const { steps, rowsWritten, rowsRead } = order;
  order = undefined;
  return { steps, rowsWritten, rowsRead };
}

/** Does a step of an object: it throws or the object ends before it, or the object ends after it. */
export function step(context, what, work) {
  if (order?.object !== context.id.toString()) return work();
  order.steps.push(what);
  const isIt = order.steps.length === order.at;
  if (isIt && order.mode === "throw") throw new Error(`sabotage of ${what}`);
  if (isIt && order.mode === "end-before") context.abort(`sabotage before ${what}`);
  const value = work();
  if (isIt && order.mode === "end-after") context.abort(`sabotage after ${what}`);
  return value;
}

/** The storage of an object, step by step. */
export function storageOf(context) {
  const { storage } = context;
  const { sql, kv } = storage;
  const through = (name) => (...given) => step(context, name, () => storage[name](...given));
  return {
    sql: {
      exec: (text, ...values) => step(context, text, () => {
        const cursor = sql.exec(text, ...values);
        const counting = order?.object === context.id.toString();
        if (counting) order.rowsWritten += cursor.rowsWritten;
        return cursor;
      }),
    },
    kv: Object.fromEntries(["get", "put", "delete"].map((name) => [name, (...given) => step(context, `kv.${name}`, () => kv[name](...given))])),
    ...Object.fromEntries(["transactionSync", "deleteAll", "deleteAlarm"].map((name) => [name, through(name)])),
    getAlarm: () => storage.getAlarm(),
    // An hour later than asked for: the tests ring it themselves.
    setAlarm: (atMs) => step(context, "setAlarm", () => storage.setAlarm(atMs + 3_600_000)),
  };
}

/** Stubs whose every call is a step, and so is its answer. */
export function stubsOf(context, binding) {
  return {
    idFromName: (name) => binding.idFromName(name),
    get: (id) => new Proxy(binding.get(id), {
      get: (stub, name) => (typeof name !== "string" || name === "then" ? undefined : async (...given) => {
        const value = await step(context, `register.${name}`, () => stub[name](...given));
        return step(context, `register.${name} answered`, () => value);
      }),
    }),
  };
}
