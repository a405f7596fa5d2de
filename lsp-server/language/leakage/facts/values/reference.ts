/** Where a value lives; two names of one object share it. */
export type Reference = number;
