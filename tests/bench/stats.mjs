// Figures of several rounds, made one.

const sorted = (values) => [...values].sort((a, b) => a - b);

/** The value that so many of a hundred don't exceed. */
export const percentile = (values, percent) => sorted(values)[Math.min(values.length - 1, Math.ceil((values.length * percent) / 100) - 1)];
export const median = (values) => percentile(values, 50);

/** One line of figures of all visits to a side. A gesture's figure is the median of a visit's letters, clicks or frames. */
export function sum(visits) {
  const all = (pick) => median(visits.map(pick));
  return {
    firstPaint: all((visit) => visit.firstPaint),
    firstRows: all((visit) => visit.firstRows),
    search: all((visit) => median(visit.search)),
    searchWorst: all((visit) => Math.max(...visit.search)),
    paste: all((visit) => median(visit.paste)),
    firstSort: all((visit) => visit.sort[0]),
    sort: all((visit) => median(visit.sort)),
    sortWorst: all((visit) => Math.max(...visit.sort)),
    frame: all((visit) => median(visit.scroll)),
    frame95: all((visit) => percentile(visit.scroll, 95)),
    heap: all((visit) => visit.heap),
    nodes: all((visit) => visit.nodes),
    bytesApp: all((visit) => visit.bytesApp),
    bytesData: all((visit) => visit.bytesData),
  };
}
