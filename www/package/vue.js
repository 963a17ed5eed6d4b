/* A ledger for Vue. */
import { computed, getCurrentInstance, getCurrentScope, onMounted, onScopeDispose, shallowRef, toRaw, toValue, watch } from "vue";
import { watchLedger } from "./watch.js";

export function useStarwise(ledger, options) {
  // Ledgers have private parts, which no proxy can reach.
  const watched = computed(() => watchLedger(toRaw(toValue(ledger)), toValue(options)));
  const answer = shallowRef(watched.value.getServerSnapshot());
  const of = (key) => computed(() => answer.value[key]);
  let stop;
  const start = () => {
    stop = watch(watched, ({ subscribe, getSnapshot }, _, onCleanup) => {
      const show = () => {
        answer.value = getSnapshot();
      };
      show();
      onCleanup(subscribe(show));
      show();
    }, { immediate: true });
  };
  // On a server nothing is mounted, and nothing would ever be disposed of.
  if (getCurrentInstance()) onMounted(start);
  else start();
  if (getCurrentScope()) onScopeDispose(() => stop?.());
  return {
    result: of("result"),
    progress: of("progress"),
    nudge: of("nudge"),
    add: (events) => watched.value.add(events),
    update: () => watched.value.update(),
  };
}
