/* What a thread does: one call after the other, told by messages. */

/** Answers a message: `post(message, buffers)` sends, `load` gives the module of starwise. */
export async function answer({ id, model: json, input, options }, post, load) {
  let model;
  try {
    const { Model } = await load();
    model = new Model(json);
    const onProgress = (...progress) => post({ id, progress }, []);
    const scores = model.scoreMany(input, { ...options, onProgress });
    const columns = [scores.points, scores.score, scores.stars, scores.segment, scores.subjects];
    post({ id, scores }, columns.filter(ArrayBuffer.isView).map(({ buffer }) => buffer));
  } catch (error) {
    post(error?.faults ? { id, faults: error.faults } : { id, error: String(error?.message ?? error) }, []);
  } finally {
    model?.free();
  }
}
