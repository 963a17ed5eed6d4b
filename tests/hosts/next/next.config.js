// The folder itself is the project: in a test its parents hold other projects.
export default { turbopack: { root: import.meta.dirname }, outputFileTracingRoot: import.meta.dirname };
