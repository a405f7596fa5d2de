import type { Definition, Given } from "../../facts/definitions/definition.ts";
import type { NotebookFacts } from "../../rule.ts";

/** What defines a view that is read from a source, as a class or as a decorator. */
export function isView({ is }: Definition): boolean {
  return /^(FeatureView|BatchFeatureView|StreamFeatureView|batch_feature_view|stream_feature_view)$/.test(is);
}

/** A definition's name as a reader would say it. */
export function nameOf({ given, is }: Definition): string {
  const name = given.get("name")?.constant;
  return typeof name === "string" ? `\`${name}\`` : `This \`${is}\``;
}

/** Whether it says of itself that its rows do not change with time. */
export function isStatic(facts: NotebookFacts, { given }: Definition): boolean {
  return ["tags", "description", "name"].some((part) => {
    const at = given.get(part)?.at;
    return at !== undefined && /static|dimension|reference|lookup/i.test(facts.textOf(at));
  });
}

/** An argument that was given, and is not `None`. */
export function given({ given }: Definition, ...names: readonly string[]): Given | null {
  for (const name of names) {
    const one = given.get(name);
    if (one && one.constant !== null) return one;
  }
  return null;
}

/** The definitions that a view reads from. */
export function sourcesOf(facts: NotebookFacts, view: Definition): Definition[] {
  const source = given(view, "source", "batch_source", "input");
  const all = [...(source ? [source] : []), ...(given(view, "sources")?.items ?? [])];
  return all.flatMap(({ reference }) => facts.definitions.get(reference) ?? []);
}

/** Fields of a schema, by their names; null where not all of them are known. */
export function fieldsOf(facts: NotebookFacts, schema: Given | null): ReadonlyMap<string, Definition> | null {
  if (!schema?.items) return null;
  const fields = new Map<string, Definition>();
  for (const { reference } of schema.items) {
    const field = facts.definitions.get(reference);
    const name = field?.given.get("name")?.constant ?? field?.given.get("input_column")?.constant;
    if (!field || typeof name !== "string") return null;
    fields.set(name, field);
  }
  return fields;
}
