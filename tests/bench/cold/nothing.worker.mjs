// What starting a worker takes that imports nothing.
export default { fetch: () => Response.json(null) };
