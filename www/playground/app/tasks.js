/* What Taskwise itself remembers: tasks, comments, members. Plain data in, plain data out. */

/** The product with one more task, at the top. */
export function withTask(product, title) {
  const task = { id: `task-${product.nextTask}`, title, isDone: false, doneAt: null, comments: [] };
  return { ...product, nextTask: product.nextTask + 1, tasks: [task, ...product.tasks] };
}

/** The product with something changed about one task. */
export function withChange(product, id, change) {
  return { ...product, tasks: product.tasks.map((task) => (task.id === id ? { ...task, ...change } : task)) };
}

export function withComment(product, id, words) {
  const { comments } = product.tasks.find((task) => task.id === id);
  return withChange(product, id, { comments: [...comments, words] });
}

export function withoutTask(product, id) {
  return { ...product, tasks: product.tasks.filter((task) => task.id !== id) };
}

export function withMember(product, email) {
  return { ...product, members: [...product.members.filter((member) => member !== email), email] };
}

/** Finished tasks by the day on which they were: what the timeline shows. */
export function daysOf({ tasks }, dayOf) {
  const days = new Map();
  for (const task of tasks.filter(({ isDone }) => isDone).toSorted((one, other) => other.doneAt - one.doneAt)) {
    const day = dayOf(task.doneAt);
    days.set(day, [...(days.get(day) ?? []), task.title]);
  }
  return [...days];
}

/** "ada@example.com" is "AD". */
export function initials(email) {
  return email.slice(0, 2).toUpperCase();
}
