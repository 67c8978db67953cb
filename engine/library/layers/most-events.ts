/** How many events a cell may give in one step at most: without a bound a jump of the input would fill the memory. */
export const mostEventsPerStep = 65_535;
