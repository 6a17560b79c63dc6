// A page or form that opens has the focus in the field that is filled in first, and has it at once: were it the host that asked for it,
// on a slow connection the clerk would be in another field by then, and the rest of what is typed there would go to this one.
const first = '[data-autofocus]';

new MutationObserver(changes => changes
  .flatMap(change => [...change.addedNodes])
  .flatMap(node => node.matches?.(first) ? node : [...node.querySelectorAll?.(first) ?? []])
  .find(field => field.isConnected)
  ?.focus({ preventScroll: true })).observe(document.body, { childList: true, subtree: true });
