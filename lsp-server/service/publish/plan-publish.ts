import { readFile } from "node:fs/promises";
import { dirname, isAbsolute, relative, resolve, sep } from "node:path";
import { pathToFileURL } from "node:url";
import { Failure } from "@lookback/kernel-bridge/failure.ts";
import type { ModelFit, Run } from "@lookback/kernel-bridge/ledger/format/run.ts";
import { runSummary } from "@lookback/kernel-bridge/ledger/format/run-summary.ts";
import { mayBeJoined } from "@lookback/language/features/may-be-joined.ts";
import type {
  Definitions,
  SourceDefinition,
  TrainingSetDefinition,
} from "@lookback/language/features/model.ts";
import { isUnknown, known } from "@lookback/language/features/model.ts";
import { readDefinitions } from "@lookback/language/features/read/read-definitions.ts";
import { sayPlace } from "@lookback/language/features/read/say-place.ts";
import { fileGaps } from "@lookback/language/notebook/file-gaps.ts";
import type { Notebook } from "@lookback/language/notebook/notebook.ts";
import { readNotebook } from "@lookback/language/notebook/read-notebook.ts";
import { type SlicedCell, sliceNotebook } from "@lookback/language/slice/slice-notebook.ts";
import type { PublishPlan } from "@lookback/protocol/publish.ts";
import { readModules } from "../files/read-modules.ts";
import { waitingGates } from "./gates/all-gates.ts";
import { importedModules } from "./imported-modules.ts";
import type { PublishContext } from "./publish-context.ts";
import { plannedExample } from "./release/example-of.ts";
import { releaseName } from "./release/release-name.ts";
import { nextVersion } from "./release/release-versions.ts";
import type { Selection } from "./selection.ts";
import { unsavedCells } from "./unsaved-cells.ts";
import { scoreText, wholeRuns } from "./whole-runs.ts";

export interface PlanOptions {
  /** The variable of the model to publish; the last that was fitted under a name when absent. */
  readonly model?: string | undefined;
}

/**
 * What would ship from a notebook as it stands on disk, and what stands in the way: that the screen shows another, or that a newer run
 * was of another, among them. Reads only. `notebook` is relative to the workspace root.
 * Fails with `publish/outside` for a path that leaves the workspace and with `publish/unreadable`.
 */
export async function planPublish(
  context: PublishContext,
  notebook: string,
  { model: asked }: PlanOptions = {},
): Promise<Selection> {
  const path = insideOf(context.store.root, notebook);
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw new Failure("publish/unreadable", `${notebook} could not be read. Nothing was published.`, {
      advice: "Save the notebook first.",
      cause,
    });
  });
  const { value, problems } = readNotebook(bytes, pathToFileURL(path).href);
  const { root } = context.store;
  const unread = new Map<string, string>();
  const scripts = await readModules(value, root, undefined, (uri, reason) => unread.set(uri, reason));
  const definitions = readDefinitions([...scripts, value], context.python, root);
  const { ships: run, newerOfOther } = await wholeRuns(context.store, notebook, value);
  const screen = context.onScreen?.(path) ?? null;
  const unsaved = screen && unsavedCells(value, screen);
  const models = run === null ? [] : namedModels(run);
  const model =
    (asked === undefined ? models.at(-1) : models.find(({ variable }) => variable === asked)) ?? null;
  const trainingSet = definitions.trainingSets.at(-1) ?? null;
  const outputs = [...(model === null ? [] : [model.variable]), ...namesOf(definitions)];
  const scoring = new Set(run?.metrics.map((metric) => metric.cellId));
  const asRan = { ...value, cells: inOrderOfRun(value.cells, run) };
  const sliced = new Map(
    sliceNotebook(asRan, context.python, outputs, scoring).map((cell) => [cell.cellId, cell]),
  );
  const cells = value.cells.flatMap((cell) => sliced.get(cell.id) ?? []);
  const name = releaseName(notebook);
  const obstacles = [
    ...problems.filter((problem) => problem.unread === "file").map((problem) => problem.message),
    ...(unsaved === null ? [] : [unsaved]),
    ...(newerOfOther === null || run === null || unsaved !== null ? [] : [sayNewer(newerOfOther, run)]),
    ...(run === null
      ? [
          "The notebook as it is saved has not been run whole, without an error. Save it, run all its cells (`lookback run` does), then publish.",
        ]
      : []),
    ...(run === null || model !== null ? [] : [sayNoModel(run, asked, models)]),
    ...(trainingSet === null
      ? []
      : mayBeJoined(definitions, trainingSet.name).problems.map(
          ({ message, place }) => `${sayPlace(place)}: ${message}`,
        )),
    ...sourcesOf(trainingSet, definitions).flatMap(({ name, path: stated }) =>
      isUnknown(stated) || isWithin(context.store.root, resolve(dirname(path), stated))
        ? []
        : [
            `The source ${name} reads ${stated}, which is outside the workspace and would not be found elsewhere. Move the file into the workspace.`,
          ],
    ),
  ];
  return {
    path,
    bytes,
    notebook: value,
    gaps: fileGaps(problems),
    modules: importedModules(value, scripts, unread, context.python, root),
    definitions,
    run,
    model,
    trainingSet,
    cells,
    plan: {
      notebook,
      name,
      version: await nextVersion(context.store, name),
      run: run === null ? null : runSummary(run, []),
      cells: value.cells.map((cell, at) => sayCell(cell, cells[at])),
      model:
        model === null
          ? null
          : { variable: model.variable, className: model.steps.at(-1) ?? model.className },
      models: models.map(({ variable, steps, className }) => ({
        variable,
        className: steps.at(-1) ?? className,
      })),
      trainingSet: trainingSet?.name ?? null,
      example:
        obstacles.length > 0 ? null : await plannedExample({ path, definitions, model, trainingSet }, name),
      gates: waitingGates(),
      obstacles,
    },
  };
}

/** What a cell gives to which depends on the order in which they last ran; cells that did not run stand where they are, behind. */
function inOrderOfRun(cells: Notebook["cells"], run: Run | null): Notebook["cells"] {
  const last = (id: string) => run?.cells.findLastIndex(({ cellId }) => cellId === id) ?? -1;
  const place = (id: string) => (last(id) < 0 ? Number.POSITIVE_INFINITY : last(id));
  return [...cells].sort((a, b) => {
    const [left, right] = [place(a.id), place(b.id)];
    return left === right ? 0 : left - right;
  });
}

/** Every model that a run fitted under a name, as it was fitted last, the last of all last. */
function namedModels({ models }: Run): readonly (ModelFit & { readonly variable: string })[] {
  const named = models.filter(
    (fit): fit is ModelFit & { variable: string } => fit.variable !== null && fit.predicts !== false,
  );
  return named.filter((fit, at) => named.findLastIndex(({ variable }) => variable === fit.variable) === at);
}

function sayNoModel(
  run: Run,
  asked: string | undefined,
  models: readonly { readonly variable: string }[],
): string {
  if (asked !== undefined && models.length > 0)
    return `The run fitted no model named ${asked}, only ${models.map(({ variable }) => variable).join(", ")}.`;
  return run.models.length === 0
    ? "The run fitted no model. What is published is a fitted model: fit one, assign it to a variable, and run again."
    : "The run fitted no model that predicts and has a name. Assign the fitted model to a variable and run again.";
}

function sayNewer(newer: Run, ships: Run): string {
  return `A newer run, ${newer.id.slice(0, 10)}… with ${scoreText(newer)}, ran other code than the notebook holds; what would ship is of run ${ships.id.slice(0, 10)}…, with ${scoreText(ships)}. Run the notebook again as it is, or restore the newer run, then publish.`;
}

function insideOf(root: string, notebook: string): string {
  const path = resolve(root, notebook);
  if (!isWithin(root, path)) {
    throw new Failure("publish/outside", `${notebook} is not in the workspace. Nothing was published.`, {
      advice: "Open the folder that holds the notebook, and publish from there.",
    });
  }
  return path;
}

function isWithin(root: string, path: string): boolean {
  const inside = relative(root, path);
  return inside !== "" && inside !== ".." && !inside.startsWith(`..${sep}`) && !isAbsolute(inside);
}

/** The sources whose rows a training set's features are made of: what the pipeline reads. */
function sourcesOf(
  trainingSet: TrainingSetDefinition | null,
  { views, sources }: Definitions,
): readonly SourceDefinition[] {
  const used = new Set(
    ((trainingSet && known(trainingSet.features)) ?? []).map((ref) => ref.slice(0, ref.indexOf(":"))),
  );
  const names = new Set(views.filter((view) => used.has(view.name)).map((view) => known(view.source)));
  return sources.filter((source) => names.has(source.name));
}

function namesOf({ entities, sources, views, trainingSets }: Definitions): string[] {
  return [...entities, ...sources, ...views, ...trainingSets].flatMap((each) => each.variable ?? []);
}

function sayCell(
  cell: Notebook["cells"][number],
  sliced: SlicedCell | undefined,
): PublishPlan["cells"][number] {
  const firstLine =
    cell.source.split("\n").find((line) => line.trim() !== "" && !line.trimStart().startsWith("#")) ?? "";
  const gives = (sliced?.gives ?? []).filter((name) => !name.startsWith("<"));
  const why = sliced?.needed
    ? `gives ${gives.slice(0, 3).join(", ")}${gives.length > 3 ? " …" : ""}`
    : "nothing that ships needs it";
  return { cellId: cell.id, index: cell.index, firstLine, ships: sliced?.needed ?? false, why };
}
