import { createHash } from "node:crypto";
import { Failure } from "@lookback/kernel-bridge/failure.ts";
import { compileTrainingSet } from "@lookback/language/join/steps/compile-training-set.ts";
import { fileRelation } from "@lookback/language/join/steps/file-relation.ts";
import { nbformatText } from "@lookback/notebook-file/nbformat-text.ts";
import { canonicalJson } from "@lookback/pipeline/plan/canonical-json.ts";
import type { Plan } from "@lookback/pipeline/plan/plan.ts";
import { type Joined, planRelease, type ReleaseParts } from "./plan-release.ts";

/** The cells that ship, as one script. */
const SLICE = "notebook/slice.py";

/** A release as files by path, `pipeline.json` among them. Pure: the same run gives the same bytes. Fails with `publish/slice-in-the-way`. */
export function renderRelease(
  parts: ReleaseParts,
  notebook: Uint8Array,
): { readonly plan: Plan; readonly files: ReadonlyMap<string, Uint8Array> } {
  const draft = planRelease(parts);
  const { selection, run, joined, model } = parts;
  const scripts = new Map(
    [...parts.modules].map(([path, bytes]) => [scriptPath(selection.plan.notebook, path), bytes]),
  );
  if (scripts.has(SLICE))
    throw new Failure(
      "publish/slice-in-the-way",
      "The notebook imports a script named slice.py beside it, where the release holds its own cells. Nothing was published.",
      { advice: "Rename the script, run the notebook again, and publish that run." },
    );
  const texts = new Map<string, string>([
    [
      "model/signature.json",
      pretty({ inputs: draft.model.inputs, output: draft.model.output, example: draft.example }),
    ],
    ...(joined === null ? [] : definitionsOf(parts, joined)),
    ...draft.views.map((view): [string, string] => [`sql/${view.name}.sql`, `${view.materializeSql};\n`]),
    [SLICE, slice(parts)],
    ["requirements.lock", lock(run.environment.packages)],
    ["README.md", readme(draft, scripts)],
  ]);
  const files = new Map<string, Uint8Array>([
    ...scripts,
    [model.path, model.bytes],
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

function definitionsOf(parts: ReleaseParts, { set, schemaOf }: Joined): [string, string][] {
  const sql = compileTrainingSet(set, (source) => fileRelation(source.path, schemaOf(source)?.csv));
  return [
    ["features/definitions.json", pretty(withoutPlaces(parts.selection.definitions))],
    ["features/feature_repo.py", featureRepo(parts)],
    ["sql/training.sql", `${sql};\n`],
  ];
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

/** Where a script lies in a release, so that what lies beside it can import it as in the workspace: from the notebook's folder, else from the root. */
function scriptPath(notebook: string, path: string): string {
  const folder = notebook.slice(0, notebook.lastIndexOf("/") + 1);
  return `notebook/${path.startsWith(folder) ? path.slice(folder.length) : path}`;
}

/** What ships, in the order in which it runs. */
function slice({ selection, cells }: ReleaseParts): string {
  const sources = new Map(selection.notebook.cells.map((cell) => [cell.id, cell.source]));
  return cells.map((id) => `# %% ${id}\n${sources.get(id) ?? ""}\n`).join("\n");
}

function lock(packages: Readonly<Record<string, string>>): string {
  return Object.entries(packages)
    .map(([name, version]) => `${name.toLowerCase()}==${version}\n`)
    .sort()
    .join("");
}

function readme(
  { name, version, run, model, views, example }: Omit<Plan, "files">,
  scripts: ReadonlyMap<string, Uint8Array>,
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
    ...(views.length === 0
      ? []
      : [
          "## What is looked up",
          "",
          ...views.map(
            (view) =>
              `- \`${view.name}\` by ${view.joinKeys.join(", ")}: ${view.features.map((feature) => feature.name).join(", ")}`,
          ),
          "",
        ]),
    "## To serve it",
    "",
    views.length === 0
      ? "From the root of the workspace:"
      : "From the root of the workspace that holds the sources:",
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
    ...(scripts.size === 0
      ? []
      : [
          "`notebook/slice.py` imports these scripts of the workspace, which lie beside it:",
          "",
          ...[...scripts.keys()].map((path) => `- \`${path}\``),
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
