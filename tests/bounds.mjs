// Loaded into every file of tests before it (`node --import`): one that is stuck says where, and ends.
//
// Node bounds whole files (`--test-timeout`), and names none of their tests.
import { afterEach, beforeEach } from "node:test";
import { isMainThread } from "node:worker_threads";

/** No test and no hook takes that long; STARWISE_TEST_LIMIT gives other seconds. */
const LIMIT_MS = 1000 * Number(process.env.STARWISE_TEST_LIMIT ?? 240);

if (isMainThread && process.env.NODE_TEST_CONTEXT) {
  let place = "before the first test";
  let since = performance.now();
  const reach = (next) => {
    place = next;
    since = performance.now();
  };
  beforeEach(({ name }) => reach(`in "${name}"`));
  afterEach(({ name }) => reach(`after "${name}"`));
  const watch = setInterval(() => {
    if (performance.now() - since < LIMIT_MS) return;
    console.error(`stuck for ${LIMIT_MS / 1000} seconds, ${place}: ${process.argv[1]}`);
    process.exit(1);
  }, 1000);
  watch.unref();
}
