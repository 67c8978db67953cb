/** The type under which a palette entry carries the id of its kind while it is dragged. */
export const kindDragType = 'application/x-spikeloom-kind';
