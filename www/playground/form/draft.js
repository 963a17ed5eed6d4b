/* The model as it is being changed, with the way back: `undo`, `redo`, and `reset` to what it was at first. */

/** How many steps back are kept. */
const MOST_STEPS = 200;

/** `{ now, change, seal, undo, redo, reset, … }`: all changes up to the next `seal` are one step, as a drag is. */
export function draft(first, start = first) {
  let [past, future] = [same(first, start) ? [] : [first], []];
  let present = start;
  let isOpen = false;

  function change(next) {
    if (!isOpen) {
      past = [...past, present].slice(-MOST_STEPS);
      future = [];
      isOpen = true;
    }
    present = next;
  }

  /** Ends a step; one that led back to where it began is none. */
  function seal() {
    if (isOpen && same(past.at(-1), present)) present = past.pop();
    isOpen = false;
  }

  function undo() {
    seal();
    if (past.length === 0) return false;
    future.push(present);
    present = past.pop();
    return true;
  }

  function redo() {
    seal();
    if (future.length === 0) return false;
    past.push(present);
    present = future.pop();
    return true;
  }

  function reset() {
    seal();
    if (same(first, present)) return false;
    change(first);
    seal();
    return true;
  }

  return {
    change,
    seal,
    undo,
    redo,
    reset,
    get now() {
      return present;
    },
    get canUndo() {
      return past.length > 0;
    },
    get canRedo() {
      return future.length > 0;
    },
    get isFirst() {
      return same(first, present);
    },
  };
}

function same(one, other) {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}
