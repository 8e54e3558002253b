// What a dragged field carries for the filter box.

/** Type of the filter text in a drag's data. */
export const FILTER_DRAG_TYPE = 'application/x-wireglass-filter'
