import { loadPython } from "@lookback/service/files/load-python.ts";
import { expect, test } from "vitest";
import { mayBeJoined } from "../../features/may-be-joined.ts";
import { readDefinitions } from "../../features/read/read-definitions.ts";
import { sayPlace } from "../../features/read/say-place.ts";
import { readNotebook } from "../../notebook/read-notebook.ts";
import { definitionsRead } from "./definitions-read.ts";
import { definitionsRefused } from "./definitions-refused.ts";

const python = await loadPython();

/** What a team's definitions come to: for each view what a join would do, or the places and reasons why none is made. */
function comesTo(files: Readonly<Record<string, string>>): string {
  const notebooks = Object.entries(files).map(
    ([name, text]) => readNotebook(text, `file:///w/${name}`).value,
  );
  const definitions = readDefinitions(notebooks, python, "/w");
  const { definitions: settled, problems } = mayBeJoined(definitions, "rows");
  if (!settled) {
    const reasons = problems.map(({ place, message }) => `refused at ${sayPlace(place)}: ${message}`);
    return reasons.join("\n");
  }
  const missing = settled.trainingSets.flatMap(({ features }) =>
    features.filter(
      (ref) =>
        !settled.views.some((view) => view.features.some(({ name }) => ref === `${view.name}:${name}`)),
    ),
  );
  if (missing.length > 0 || settled.trainingSets.length === 0)
    return `refused: ${missing.length > 0 ? `no ${missing.join(", ")}` : "no training set"}`;
  const minutes = (us: number | null) => (us === null ? "ever" : `${us / 60_000_000} min`);
  return settled.views
    .map((view) => {
      const keys = settled.entities
        .filter(({ name }) => view.entities.includes(name))
        .flatMap(({ joinKeys }) => joinKeys);
      const path = settled.sources.find(({ name }) => name === view.source)?.path;
      const features = view.features.map((each) =>
        each.kind === "latest"
          ? `${each.column}:${each.type}`
          : `${each.function}(${each.column}, ${minutes(each.windowUs)})`,
      );
      return `${view.name}[${keys}] of ${path}: ${features}; delay ${minutes(view.delayUs)}, ttl ${minutes(view.ttlUs)}, ${view.upper}`;
    })
    .join("\n");
}

test.each([...definitionsRead, ...definitionsRefused].map((each) => [each.name, each] as const))(
  "%s",
  (_, { files, says }) => {
    expect(comesTo(files)).toBe(says);
  },
);
