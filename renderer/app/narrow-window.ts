/** Narrow windows: below this width the side panels fold into rails; a person may open them again. */
export const narrowWindow = '(max-width: 1100px)';
