import { didYouMean } from "@lookback/language/features/read/constructors/did-you-mean.ts";
import { z } from "zod";

/** Something wrong in settings, and the keys that lead to it. */
interface ProblemAt {
  readonly severity: "error" | "warning";
  readonly message: string;
  readonly path: readonly string[];
}

/** Settings as a schema has them. A key it does not know is said and left out; a value it cannot use is an error, and then nothing is used. */
export function readSettings<Schema extends z.ZodType>(
  schema: Schema,
  data: unknown,
): { readonly value: z.infer<Schema> | null; readonly problems: readonly ProblemAt[] } {
  const first = schema.safeParse(data);
  if (first.success) return { value: first.data, problems: [] };
  const unknown = first.error.issues.filter((issue) => issue.code === "unrecognized_keys");
  const known = structuredClone(data);
  for (const { path, keys } of unknown) for (const key of keys) leaveOut(known, [...path.map(String), key]);
  const again = schema.safeParse(known);
  return {
    value: again.success ? again.data : null,
    problems: [
      ...unknown.flatMap(({ path, keys }) => keys.map((key) => unknownKey(schema, path.map(String), key))),
      ...(again.error?.issues ?? []).map((issue) => wrongValue(data, issue)),
    ],
  };
}

function unknownKey(schema: z.ZodType, path: readonly string[], key: string): ProblemAt {
  const known = keysAt(schema, path);
  const what = path.at(-1) === "rules" ? "There is no rule" : "There is no setting";
  const inside = path.length === 0 || path.at(-1) === "rules" ? "" : ` in ${path.join(".")}`;
  return {
    severity: "warning",
    message: `${what} called ${JSON.stringify(key)}${inside}; it is not heeded.${didYouMean(key, known)}`,
    path: [...path, key],
  };
}

function wrongValue(data: unknown, issue: z.core.$ZodIssue): ProblemAt {
  const path = issue.path.map(String);
  const given = path.reduce(valueAt, data);
  const allowed = "values" in issue ? issue.values.map(String) : [];
  const name = path.join(".") || "The file";
  const nearest = typeof given === "string" ? didYouMean(given, allowed) : "";
  const wanted =
    allowed.length > 0
      ? `; it can be ${allowed.map((value) => JSON.stringify(value)).join(", ")}.`
      : `, which it cannot be: ${issue.message}.`;
  return {
    severity: "error",
    message: `${name} is ${JSON.stringify(given) ?? "not there"}${wanted}${nearest} Nothing of these settings is used.`,
    path,
  };
}

function keysAt(schema: z.ZodType, path: readonly string[]): readonly string[] {
  let at: z.ZodType = schema;
  for (const key of path) {
    if (at instanceof z.ZodOptional) at = at.unwrap() as z.ZodType;
    if (at instanceof z.ZodObject) at = at.shape[key] as z.ZodType;
  }
  if (at instanceof z.ZodOptional) at = at.unwrap() as z.ZodType;
  return at instanceof z.ZodObject ? Object.keys(at.shape) : [];
}

function valueAt(data: unknown, key: string): unknown {
  return typeof data === "object" && data !== null && Object.hasOwn(data, key)
    ? (data as Record<string, unknown>)[key]
    : undefined;
}

function leaveOut(data: unknown, path: readonly string[]): void {
  const owner = path.slice(0, -1).reduce(valueAt, data);
  if (typeof owner === "object" && owner !== null)
    delete (owner as Record<string, unknown>)[path.at(-1) ?? ""];
}
