// Loaded into every file of tests before it (`node --import`): one that is stuck says where, and ends.
//
// Node bounds whole files (`--test-timeout`), and names none of their tests.
import { afterEach, beforeEach } from "node:test";
import { isMainThread } from "node:worker_threads";

/** No test and no hook waits that long; STARWISE_TEST_LIMIT gives other seconds. */
const LIMIT_SECONDS = Number(process.env.STARWISE_TEST_LIMIT ?? 240);

if (isMainThread && process.env.NODE_TEST_CONTEXT) {
  let place = "before the first test";
  let seconds = 0;
  const reach = (next) => {
    place = next;
    seconds = 0;
  };
  beforeEach(({ name }) => reach(`in "${name}"`));
  afterEach(({ name }) => reach(`after "${name}"`));
  // Seconds in which nothing was done: what computes for minutes holds this timer up, and is not stuck.
  const watch = setInterval(() => {
    seconds += 1;
    if (seconds < LIMIT_SECONDS) return;
    console.error(`stuck for ${LIMIT_SECONDS} seconds, ${place}: ${process.argv[1]}`);
    process.exit(1);
  }, 1000);
  watch.unref();
}
