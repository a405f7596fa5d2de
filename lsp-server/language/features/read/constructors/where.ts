import type { Place } from "../../model.ts";
import { dynamic, type Value } from "../values/value.ts";

/** Where a definition is made, and as what. */
export interface Where {
  readonly className: string;
  readonly variable: string | null;
  readonly place: Place;
}

/** A definition whose name only running the code would tell. */
export const noName: Value = dynamic("its name is not known from the text");
