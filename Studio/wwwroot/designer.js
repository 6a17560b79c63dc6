// Stands before Studio's module of the canvas (see the import map of the page). Of many activities it draws those in sight, and it
// leaves out of what is read from a canvas how it is drawn, three quarters of it, which Studio parses and drops each time it saves.

import * as genuine from '/studio/_content/Elsa.Studio.Workflows.Designer/designer.entry.js?genuine';

export * from '/studio/_content/Elsa.Studio.Workflows.Designer/designer.entry.js?genuine';

/** Studio writes the place and size of an activity itself, from the cell, and keeps nothing else of them; older ones it would read first. */
const withoutPlace = ({ metadata: { designer, ...metadata } = {}, ...activity }) => ({ ...activity, metadata });

/**
 * A cell's own id is not among what Studio reads, nor are the bends of a line that has none. The shape comes last: Studio asks for it
 * first, and looks from the end.
 */
const parts = {
  'elsa-activity': ({ position, size, data, shape }) => ({ position, size, data: withoutPlace(data), shape }),
  'elsa-edge': ({ source, target, vertices, shape }) => ({ source, target, ...(vertices?.length && { vertices }), shape }),
};

export function readGraph(canvas) {
  const graph = genuine.readGraph(canvas);
  return { ...graph, cells: graph.cells.map(cell => parts[cell.shape]?.(cell) ?? cell) };
}

const few = 60;

/** Shows a workflow. Of many activities the canvas draws those in sight and their lines, the others when they come into view. */
export function loadGraph(canvas, workflow) {
  const model = typeof workflow === 'string' ? JSON.parse(workflow) : workflow;
  const { graph } = genuine.graphBindings[canvas];
  genuine.loadGraph(canvas, model);
  if (model.nodes.length <= few) return;
  graph.centerContent({ padding: 20 }); // as Studio does a little later, when those in sight would be others
  if (!graph.options.virtual) keepUndrawn(graph);
  graph.enableVirtualRender();
  graph.renderer.setRenderArea(graph.getGraphArea()); // at once: the canvas looks where it stands five times in a second
}

/** What changes before it is drawn is still to be drawn in full: the canvas would remember the change alone, and show nothing. */
function keepUndrawn({ renderer: { schedule } }) {
  const request = schedule.requestViewUpdate;
  const whole = view => schedule.constructor.FLAG_INSERT | view.getBootstrapFlag();
  schedule.requestViewUpdate = (view, change, ...more) =>
    request.call(schedule, view, schedule.isViewMounted(view) ? change : change | whole(view), ...more);
}

/** Studio looks for the element of the activity, which one that is not drawn does not have. */
export async function updateActivityStats(element, activity, stats) {
  if (document.getElementById(element)) return genuine.updateActivityStats(element, activity, stats);
  for (const { graph } of Object.values(genuine.graphBindings)) graph.getCellById(activity)?.setProp('activityStats', stats);
}
