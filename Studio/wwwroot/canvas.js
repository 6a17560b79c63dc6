// Studio draws each activity of its canvas as a component of its own, some thirty milliseconds each. Those in sight come first;
// the others follow when there is nothing else to do, or, where they are many, when they come into view.

const few = 60;
const whenIdle = window.requestIdleCallback ?? (work => setTimeout(work, 50));

/** To be called before Blazor starts. */
export function drawInView() {
  const waiting = new Map();
  const drawn = new WeakSet();
  let isResting = true;
  const observer = new IntersectionObserver(entries => entries.filter(entry => entry.isIntersecting).forEach(entry => leave(entry.target)?.()));

  const leave = box => {
    const draw = waiting.get(box);
    observer.unobserve(box);
    waiting.delete(box);
    drawn.add(box);
    return draw;
  };
  const drawNext = () => {
    [...waiting.keys()].filter(box => !box.isConnected).forEach(leave);
    isResting = waiting.size === 0 || waiting.size > few;
    if (isResting) return;
    leave(waiting.keys().next().value)();
    whenIdle(drawNext);
  };

  const roots = Blazor.rootComponents;
  const add = roots.add.bind(roots);
  roots.add = async (element, ...component) => {
    // An element that is not drawn is empty, so its box is looked at; a box keeps its place when what it shows changes. Studio
    // measures activities on other elements, out of sight and without an id.
    const box = element.localName === 'elsa-activity-wrapper' && element.id ? element.parentElement : null;
    if (box && !drawn.has(box)) {
      await new Promise(draw => {
        waiting.set(box, draw);
        observer.observe(box);
        if (isResting) whenIdle(drawNext);
        isResting = false;
      });
    }
    return add(element, ...component);
  };
}
