import { failureText } from "@lookback/protocol/failures.ts";
import type { Place } from "@lookback/protocol/findings.ts";
import type { Host } from "../../host.ts";

/** What a person calls the cells of a notebook, by the URIs of their texts. */
export type CellNames = Readonly<Record<string, string>>;

/** Where something stands, as people say it: `[5], line 2`; in a script `line 2`. */
export function whereText({ uri, range }: Pick<Place, "uri" | "range">, names: CellNames): string {
  const line = `line ${range.start.line + 1}`;
  const name = names[uri];
  return name === undefined ? line : `${name}, ${line}`;
}

/** Goes to a place, and says when it could not. */
export function goTo(host: Host, place: Place): void {
  host.goTo(place).catch((error: unknown) => host.notify("warning", failureText(error)));
}
