// What runs tests: theirs import `starwise` by name, and pass.
import { EXPECTED, testHost } from "./host.mjs";

for (const pool of ["forks", "threads", "vmForks", "vmThreads"]) {
  testHost(`vitest, ${pool}`, "vitest", (project) => project.node([project.bin("vitest"), "run", `--pool=${pool}`], { env: { EXPECTED } }));
}

testHost("jest", "jest", async (project) => {
  const modules = { EXPECTED, NODE_OPTIONS: "--experimental-vm-modules --no-warnings" };
  await project.node([project.bin("jest")], { env: modules });
});
