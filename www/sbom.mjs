/*
 * The software bill of materials of the package, as CycloneDX 1.6: what is compiled into starwise.wasm. There are no
 * npm dependencies to list. It names no time and no number of its own, so that two builds write the same bytes.
 */
import { execFileSync } from "node:child_process";

/** What the core is made of, as cargo resolves it for the package's target: without what only runs while compiling. */
export function billOfMaterials() {
  const options = ["metadata", "--format-version", "1", "--locked", "--filter-platform", "wasm32-unknown-unknown"];
  const { packages, resolve } = JSON.parse(execFileSync("cargo", options, { encoding: "utf8", maxBuffer: 1 << 28, stdio: ["ignore", "pipe", "inherit"] }));
  const byId = new Map(packages.map((one) => [one.id, one]));
  const nodes = new Map(resolve.nodes.map((node) => [node.id, node]));
  const linked = (id) => nodes.get(id).deps.filter(({ dep_kinds: kinds, pkg }) => kinds.some(({ kind }) => kind === null) && !isMacro(byId.get(pkg)));
  const found = new Set([resolve.root]);
  for (const id of found) for (const { pkg } of linked(id)) found.add(pkg);

  const parts = [...found].map((id) => byId.get(id)).toSorted((one, other) => (one.name < other.name ? -1 : 1));
  const root = byId.get(resolve.root);
  return {
    bomFormat: "CycloneDX",
    specVersion: "1.6",
    version: 1,
    metadata: { component: { ...componentOf(root, `pkg:npm/${root.name}@${root.version}`), type: "library" } },
    components: parts.filter((one) => one !== root).map((one) => componentOf(one, addressOf(one))),
    dependencies: parts.map((one) => ({
      ref: one === root ? `pkg:npm/${root.name}@${root.version}` : addressOf(one),
      dependsOn: linked(one.id).map(({ pkg }) => addressOf(byId.get(pkg))).toSorted(),
    })),
  };
}

function isMacro({ targets }) {
  return targets.some(({ kind }) => kind.includes("proc-macro"));
}

function addressOf({ name, version }) {
  return `pkg:cargo/${name}@${version}`;
}

/** Older manifests write "MIT/Apache-2.0" for what is an expression today. */
function componentOf({ name, version, license, description }, purl) {
  const about = description ? { description: description.trim().replaceAll(/\s+/g, " ") } : {};
  return { type: "library", "bom-ref": purl, name, version, ...about, licenses: [{ expression: license.replaceAll("/", " OR ") }], purl };
}
