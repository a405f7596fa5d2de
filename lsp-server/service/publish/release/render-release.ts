import { createHash } from "node:crypto";
import { compileTrainingSet } from "@lookback/language/join/steps/compile-training-set.ts";
import { fileRelation } from "@lookback/language/join/steps/file-relation.ts";
import { nbformatText } from "@lookback/notebook-file/nbformat-text.ts";
import { canonicalJson } from "@lookback/pipeline/plan/canonical-json.ts";
import type { Plan } from "@lookback/pipeline/plan/plan.ts";
import { planRelease, type ReleaseParts } from "./plan-release.ts";

/** A release as files by path, `pipeline.json` among them. Pure: the same run gives the same bytes. */
export function renderRelease(
  parts: ReleaseParts,
  notebook: Uint8Array,
): { readonly plan: Plan; readonly files: ReadonlyMap<string, Uint8Array> } {
  const draft = planRelease(parts);
  const { selection, run, set, model } = parts;
  const texts = new Map<string, string>([
    [
      "model/signature.json",
      pretty({ inputs: draft.model.inputs, output: draft.model.output, example: draft.example }),
    ],
    ["features/definitions.json", pretty(withoutPlaces(selection.definitions))],
    ["features/feature_repo.py", featureRepo(parts)],
    [
      "sql/training.sql",
      `${compileTrainingSet(set, (source) => fileRelation(source.path, parts.schemaOf(source)?.csv))};\n`,
    ],
    ...draft.views.map((view): [string, string] => [`sql/${view.name}.sql`, `${view.materializeSql};\n`]),
    ["notebook/slice.py", slice(parts)],
    ["requirements.lock", lock(run.environment.packages)],
    ["README.md", readme(draft, selection.modules)],
  ]);
  const files = new Map<string, Uint8Array>([
    ["model/model.onnx", model.onnx],
    [`notebook/${selection.plan.notebook.split("/").at(-1) ?? "notebook.ipynb"}`, notebook],
    ...[...texts].map(([path, text]): [string, Uint8Array] => [path, Buffer.from(text, "utf8")]),
  ]);
  const listed = [...files]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, bytes]) => ({ path, sha256: hash(bytes), size: bytes.length }));
  const plan: Plan = { ...draft, files: listed };
  files.set("pipeline.json", Buffer.from(pretty(plan), "utf8"));
  return { plan, files };
}

/** The cells that state definitions, and what those import: readable without the notebook. */
function featureRepo({ selection }: ReleaseParts): string {
  const { definitions, notebook } = selection;
  const stated = [
    ...definitions.entities,
    ...definitions.sources,
    ...definitions.views,
    ...definitions.trainingSets,
  ];
  const places = new Set(stated.map((each) => each.place.cellId));
  const cells = notebook.cells.filter(
    (cell) => places.has(cell.id) || /^\s*(from|import) /m.test(cell.source),
  );
  return cells.map((cell) => `# %% ${cell.id}\n${cell.source}\n`).join("\n");
}

function slice({ selection }: ReleaseParts): string {
  const needed = new Set(selection.cells.filter((cell) => cell.needed).map((cell) => cell.cellId));
  return selection.notebook.cells
    .filter((cell) => needed.has(cell.id))
    .map((cell) => `# %% ${cell.id}\n${cell.source}\n`)
    .join("\n");
}

function lock(packages: Readonly<Record<string, string>>): string {
  return Object.entries(packages)
    .map(([name, version]) => `${name.toLowerCase()}==${version}\n`)
    .sort()
    .join("");
}

function readme(
  { name, version, run, model, views, example }: Omit<Plan, "files">,
  modules: ReleaseParts["selection"]["modules"],
): string {
  const given = Object.entries(example.inputs).map(
    ([key, value]) => `- \`${key}\`, for example \`${JSON.stringify(value)}\``,
  );
  return [
    `# ${name} ${version}`,
    "",
    `${model.className}, made by run \`${run}\`. It answers \`${model.output.name}\`.`,
    "",
    "## What a caller sends",
    "",
    ...given,
    "",
    "## What is looked up",
    "",
    ...views.map(
      (view) =>
        `- \`${view.name}\` by ${view.joinKeys.join(", ")}: ${view.features.map((feature) => feature.name).join(", ")}`,
    ),
    "",
    "## To serve it",
    "",
    "From the root of the workspace that holds the sources:",
    "",
    "```",
    "lookback pipeline serve  # runs until Ctrl-C; the others in a second terminal",
    `lookback pipeline deploy deploy/${name}/${version}`,
    "lookback pipeline status  # with the command that asks for a prediction",
    "lookback pipeline verify",
    `lookback pipeline rollback ${name}`,
    "```",
    "",
    "`deploy` refuses a folder in which any listed file has changed; the version before stays loaded for `rollback`.",
    "",
    "## What it was made with",
    "",
    "`requirements.lock` holds the version of every package of the run. It has no hashes: an installed environment does not keep those",
    "of the archives it came from. `pip-compile --generate-hashes` adds them from your own index.",
    "",
    ...(modules.length === 0
      ? []
      : [
          "`notebook/slice.py` imports these scripts of the workspace, which are no part of the release:",
          "",
          ...modules.map((each) => `- \`${each.name}\``),
          "",
        ]),
    "`pipeline.json` says everything, with the SHA-256 of every file.",
    "",
  ].join("\n");
}

/** Where a definition stands is the notebook's business. */
function withoutPlaces(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutPlaces);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== "place" && key !== "problems")
      .map(([key, inner]) => [key, withoutPlaces(inner)]),
  );
}

function pretty(value: unknown): string {
  return nbformatText(JSON.parse(canonicalJson(value)));
}

function hash(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
