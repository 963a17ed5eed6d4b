export default { build: { target: "es2022" }, ssr: { noExternal: ["starwise"] } };
