/** Calls that take a value of a later row when told to go backward. */
export const shifts: ReadonlySet<string> = new Set(["diff", "pct_change", "shift"]);

/** Calls that open a window which may reach into later rows. */
export const windows: ReadonlySet<string> = new Set(["ewm", "rolling"]);
