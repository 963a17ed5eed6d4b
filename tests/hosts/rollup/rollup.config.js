import resolve from "@rollup/plugin-node-resolve";

export default [
  { input: "main.js", output: { dir: "dist", format: "es" }, plugins: [resolve({ browser: true })] },
  { input: "inline.js", output: { file: "dist/inline.js", format: "iife" }, plugins: [resolve({ browser: true })] },
  { input: "server.js", output: { dir: "server", format: "es" }, external: [/^node:/], plugins: [resolve({ exportConditions: ["node"] })] },
];
