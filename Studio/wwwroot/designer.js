// Stands before Studio's module of the canvas (see the import map of the page) and leaves out of what is read from a canvas how it is
// drawn, three quarters of it, which Studio parses and drops each time it saves.

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
