// Studio draws each activity of its canvas as a component of its own, some thirty milliseconds each. Those in sight come first,
// the others follow one by one. Of many activities the canvas has only those in sight: see designer.js.

const [settled, between] = [300, 20]; // milliseconds

/** To be called before Blazor starts. */
export function drawInView() {
  const waiting = new Map();
  const drawn = new WeakSet();
  let timer;
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
    if (waiting.size === 0) return;
    leave(waiting.keys().next().value)();
    drawNextAfter(between);
  };
  const drawNextAfter = pause => {
    clearTimeout(timer);
    timer = setTimeout(drawNext, pause);
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
        drawNextAfter(settled);
      });
    }
    return add(element, ...component);
  };
}
