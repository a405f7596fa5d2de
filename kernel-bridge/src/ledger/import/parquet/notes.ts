import { counted } from "../../../counted.ts";
import type { Note } from "../../format/run.ts";

export function notFinite(count: number): Note {
  return {
    code: "import/not-finite",
    message: `${counted(count, "value")} of metrics left out: not finite.`,
  };
}

export const outcomeNotSaid: Note = {
  code: "import/outcome-not-said",
  message: "The export does not say how it ended: it is taken for one that ended without an error.",
};
