const common = { mode: "production", performance: false };

export default [
  { ...common, name: "page", entry: "./main.js", output: { filename: "main.js", path: new URL("dist", import.meta.url).pathname } },
  { ...common, name: "server", target: "node20", entry: "./server.js", output: { filename: "main.cjs", path: new URL("server", import.meta.url).pathname } },
];
