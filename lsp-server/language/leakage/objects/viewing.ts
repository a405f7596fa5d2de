import { showsReceiver } from "../../slice/in-place.ts";
import { groupEffect } from "../api/known.ts";

/** Whether what a table or an array is asked for, by its name, may be the same numbers in memory: its groups are. */
export function isViewing(name: string): boolean {
  return showsReceiver(name) || groupEffect(name) === "groups";
}
