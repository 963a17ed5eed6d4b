// What a page takes that imports nothing.
globalThis.cold = { milliseconds: performance.now(), result: null };
