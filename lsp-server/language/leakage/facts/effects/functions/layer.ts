import { argument } from "../../calls/arguments.ts";
import { toLearn } from "../../calls/learning-mode.ts";
import { derived } from "../../values/derive.ts";
import { constantOf, someObject } from "../../values/kinds.ts";
import type { Reference } from "../../values/reference.ts";
import type { Passed } from "../../values/value.ts";
import type { FunctionCall } from "../effect.ts";

/** A layer that answers otherwise while its network learns: `Dropout` leaves out other values each time. */
export function layer({ program, name, args }: FunctionCall): Reference {
  const { store } = program;
  const share = name.includes("Dropout") ? argument(args, 0, "p") : argument(args, -1, "dropout");
  const isAlike =
    (recurrent.has(name) ? !isBetweenLayers(args) : constantOf(share?.value) === 0) ||
    constantOf(argument(args, -1, "track_running_stats")?.value) === false;
  return store.allocate(
    isAlike
      ? derived(
          program,
          args.map((arg) => arg.value),
        )
      : { ...someObject, kind: "layer", path: name, entries: toLearn(program, null) },
  );
}

/** Layers that leave nothing out unless they are told to, and then between two of theirs alone. */
const recurrent: ReadonlySet<string> = new Set(["GRU", "LSTM", "RNN"]);

function isBetweenLayers(args: readonly Passed[]): boolean {
  const [share, layers] = [argument(args, -1, "dropout"), argument(args, 2, "num_layers")];
  const count = constantOf(layers?.value);
  return share !== null && constantOf(share.value) !== 0 && typeof count === "number" && count > 1;
}
