/** Where things stand on the one page, in its units: between the margins, and within the time axis. */
export const margin = { left: 39, right: 1268 } as const;
export const plot = { left: 116, right: 1200 } as const;
