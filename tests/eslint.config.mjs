// What `make lint` asks of all JavaScript here: likely mistakes, not taste.
import js from "@eslint/js";
import globals from "globals";

const rules = {
  ...js.configs.recommended.rules,
  eqeqeq: ["error", "always"],
  "no-control-regex": "off",
  "no-implicit-globals": "error",
  "no-unused-vars": ["error", { args: "after-used", ignoreRestSiblings: true }],
  "no-var": "error",
  "object-shorthand": "error",
  "prefer-const": "error",
};

export default [
  { ignores: ["**/node_modules/", "pkg/", "target/"] },
  {
    files: ["www/package/**/*.js", "www/playground/**/*.js"],
    // What browsers, workers and Node have in common, and the page's own besides.
    languageOptions: { ecmaVersion: 2022, globals: { ...globals["shared-node-browser"], ...globals.browser } },
    rules,
  },
  {
    files: ["tests/**/*.mjs", "www/**/*.mjs"],
    languageOptions: { ecmaVersion: 2023, globals: { ...globals.node, ...globals.browser } },
    rules,
  },
  // What workers of all kinds of edges have.
  {
    files: ["www/edge/**/*.js"],
    languageOptions: { ecmaVersion: 2025, globals: { ...globals["shared-node-browser"], ...globals.serviceworker, HTMLRewriter: "readonly", Deno: "readonly", process: "readonly" } },
    rules,
  },
  // What users of all kinds of hosts would write.
  {
    files: ["tests/hosts/*/**/*.{js,cjs}", "tests/hosts/{fingerprint,report}.js"],
    languageOptions: { ecmaVersion: 2023, parserOptions: { ecmaFeatures: { jsx: true } }, globals: { ...globals.node, ...globals.browser, ...globals.jest, defineEventHandler: "readonly" } },
    rules: { ...rules, "no-implicit-globals": "off" },
  },
  // The accessibility checker, as it stands in the page under test.
  { files: ["tests/browser/*.mjs"], languageOptions: { globals: { axe: "readonly" } } },
  // Hostile input on purpose: sparse lists, getters that return nothing, strange constructors.
  {
    files: ["wire.test", "lay.test", "hostile.test", "many/columns"].map((name) => `tests/js/${name}.mjs`),
    rules: { "no-sparse-arrays": "off", "getter-return": "off", "no-new-wrappers": "off" },
  },
];
