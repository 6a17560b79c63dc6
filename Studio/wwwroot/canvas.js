// Studio draws each activity of its canvas as a component of its own, some thirty milliseconds each: a large definition is open
// when those in sight are drawn, and the others are drawn when they come into view.

/** To be called before Blazor starts. */
export function drawInView() {
  const boxes = new WeakMap();
  const observer = new IntersectionObserver(entries => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      observer.unobserve(target);
      boxes.get(target)();
    }
  });
  const roots = Blazor.rootComponents;
  const add = roots.add.bind(roots);
  roots.add = async (element, ...component) => {
    // Studio measures activities on elements without an id, out of sight. An element that is not drawn yet is empty: its box is what is seen.
    if (element.localName === 'elsa-activity-wrapper' && element.id)
      await new Promise(draw => {
        const box = element.parentElement;
        boxes.set(box, draw);
        observer.observe(box);
      });
    return add(element, ...component);
  };
}
