import { Failure } from "@lookback/kernel-bridge/failure.ts";
import type { Definitions } from "@lookback/language/features/model.ts";
import type { ColumnSchema, SchemaOf } from "@lookback/language/join/resolve/column-schema.ts";
import type { ResolvedView } from "@lookback/language/join/resolve/resolved-training-set.ts";
import { compileMaterialize } from "@lookback/language/join/steps/compile-materialize.ts";
import type { PlanView } from "@lookback/pipeline/plan/plan.ts";

/** A resolved view as the pipeline serves it. Fails as its materialization cannot be compiled, or with `publish/schedule`. */
export function planView(view: ResolvedView, definitions: Definitions, schemaOf: SchemaOf): PlanView {
  const { definition, source } = view;
  const { sql, problems } = compileMaterialize(definitions, definition.name, schemaOf(source) ?? []);
  const [problem] = problems;
  if (sql === null) {
    throw new Failure(
      problem?.code ?? "publish/no-view",
      `${problem?.message ?? definition.name} Nothing was published.`,
      {
        advice: problem?.advice ?? "",
      },
    );
  }
  return {
    name: definition.name,
    entity: definition.entities[0] ?? "",
    joinKeys: view.keys.map((key) => key.column.name),
    source: source.name,
    timestampField: view.time.name,
    ...availabilityOf(view),
    ...(view.csv === null ? {} : { csv: view.csv }),
    ttlUs: definition.ttlUs,
    upper: definition.upper,
    features: definition.features.map((feature) => {
      const { name, type } = columnOf(view, feature.column);
      const common = { name: feature.name, column: name, type };
      return feature.kind === "latest"
        ? { kind: "latest", ...common }
        : { kind: "window", ...common, function: feature.function, windowUs: feature.windowUs };
    }),
    materializeSql: sql,
  };
}

/** A schedule is never reached: no definition asks for one. */
function availabilityOf({
  join: { availability },
}: ResolvedView): Pick<PlanView, "availability" | "delayUs"> {
  switch (availability.mode) {
    case "event":
      return { availability: "delay", delayUs: 0 };
    case "delay":
      return { availability: "delay", delayUs: availability.delayUs };
    case "created":
      return { availability: "created", delayUs: availability.delayUs };
    case "schedule":
      throw new Failure(
        "publish/schedule",
        "A view on a schedule cannot be served yet. Nothing was published.",
      );
  }
}

/** The column of the file that a definition names, as the join found it: by its very name, else without regard to case. */
function columnOf({ values }: ResolvedView, name: string): ColumnSchema {
  const lower = name.toLowerCase();
  const columns = values.map((value) => value.column);
  return (
    columns.find((column) => column.name === name) ??
    columns.find((column) => column.name.toLowerCase() === lower) ?? { name, type: "DOUBLE" }
  );
}
