import { groupEffect } from "../api/known.ts";

/** Whether what a table or an array is asked for, by its name, may be the same numbers in memory. */
export function isViewing(name: string): boolean {
  return viewing.has(name) || groupEffect(name) === "groups";
}

const viewing: ReadonlySet<string> = new Set(
  (
    "__getitem__ array at byteswap data diagonal flat get get_group groupby get_values head iat iloc imag items iteritems iterrows itertuples loc pipe ravel real " +
    "reshape rolling set_axis squeeze swapaxes swaplevel T tail take to_frame to_numpy transpose values view xs"
  ).split(" "),
);
