import { Failure } from "@lookback/kernel-bridge/failure.ts";
import type { Definitions } from "@lookback/language/features/model.ts";
import { sayPlace } from "@lookback/language/features/read/say-place.ts";
import type { SchemaOf } from "@lookback/language/join/resolve/column-schema.ts";
import { resolveTrainingSet } from "@lookback/language/join/resolve/resolve-training-set.ts";
import type { ResolvedTrainingSet } from "@lookback/language/join/resolve/resolved-training-set.ts";
import { describeSources } from "./describe-sources.ts";

/**
 * The named training set with everything it names, its files read from `folder`. `delaysUs` replaces the delay of views
 * by name. Fails with the first problem's code (`join/no-training-set`, `join/no-column`, …) and all of them in `data`.
 */
export async function loadTrainingSet(
  definitions: Definitions,
  name: string,
  folder: string,
  delaysUs: Readonly<Record<string, number>> = {},
): Promise<{ readonly set: ResolvedTrainingSet; readonly schemaOf: SchemaOf }> {
  const schemaOf = await describeSources(definitions, folder);
  const { set, problems } = resolveTrainingSet(definitions, name, schemaOf, delaysUs);
  const [first] = problems;
  if (set) return { set, schemaOf };
  throw new Failure(
    first?.code ?? "join/no-training-set",
    `${first ? `${first.place ? `${sayPlace(first.place)}: ` : ""}${first.message}` : `There is no training set called ${name}.`} The join was not compiled.`,
    { advice: first?.advice ?? "", data: { problems } },
  );
}
