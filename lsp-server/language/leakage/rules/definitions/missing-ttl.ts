import type { Definition } from "../../facts/definitions/definition.ts";
import type { Fix } from "../../finding.ts";
import { bad, good, type NotebookFacts, rule } from "../../rule.ts";
import { given, isStatic, isView, nameOf } from "./views.ts";

/** A view whose values never grow too old. */
export const missingTtl = rule({
  id: "missing-ttl",
  kind: "feature-definition",
  tier: "core",
  severity: "warning",
  title: "A view without a time to live",
  why: "The join looks back without a bound: a row may get a value that is years old, and the online store keeps what training would never have met.",
  instead: "Say how old a value may be: `ttl=timedelta(days=30)`.",
  source: "Feast, FeatureView.ttl and point-in-time joins",
  examples: [
    bad(
      "no ttl",
      `
from feast import Entity, FeatureView, Field, FileSource

user = Entity(name="user")
source = FileSource(name="logins", path="logins.parquet", timestamp_field="at")
logins = FeatureView(name="logins", entities=[user], source=source, schema=[Field(name="n", dtype=Int64)])
#        ^^^^^^^^^^^ any age
`,
      "`logins` has no `ttl`: a value of any age counts.",
    ),
    bad(
      "a ttl of nothing lives forever",
      `
from datetime import timedelta
from feast import Entity, FeatureView, Field, FileSource

user = Entity(name="user")
source = FileSource(name="logins", path="logins.parquet", timestamp_field="at")
logins = FeatureView(name="logins", entities=[user], source=source, ttl=timedelta(0), schema=[Field(name="n", dtype=Int64)])
#                                                                       ^^^^^^^^^^^^ any age
`,
      "`logins` has a `ttl` of nothing, which means forever: a value of any age counts.",
    ),
    bad(
      "every name comes with a star",
      `
from feast import *

source = FileSource(name="logins", path="logins.parquet", timestamp_field="at")
logins = FeatureView(name="logins", entities=[], source=source, schema=[Field(name="n", dtype=Int64)])
#        ^^^^^^^^^^^ any age
`,
      "`logins` has no `ttl`: a value of any age counts.",
    ),
    good(
      "a month",
      `
from datetime import timedelta
from feast import Entity, FeatureView, Field, FileSource

user = Entity(name="user")
source = FileSource(name="logins", path="logins.parquet", timestamp_field="at")
logins = FeatureView(name="logins", entities=[user], source=source, ttl=timedelta(days=30), schema=[Field(name="n", dtype=Int64)])
`,
    ),
    good(
      "windows say how far back they look",
      `
from datetime import timedelta
from lookback import Aggregate, Entity, FeatureView, FileSource

user = Entity(name="user")
source = FileSource(name="logins", path="logins.parquet", timestamp_field="at")
count = Aggregate(input_column="n", function="sum", time_window=timedelta(days=7))
logins = FeatureView(name="logins", entities=[user], source=source, aggregations=[count])
`,
    ),
    good(
      "what does not change with time",
      `
from feast import Entity, FeatureView, Field, FileSource

user = Entity(name="user")
source = FileSource(name="countries", path="countries.parquet", timestamp_field="at")
countries = FeatureView(name="countries", entities=[user], source=source, tags={"kind": "static"}, schema=[Field(name="code", dtype=String)])
`,
    ),
  ],
  check(facts, report) {
    for (const view of facts.definitions.values()) {
      // Tecton's own views have windows, and a ttl of theirs means another thing.
      if (!isView(view) || view.library === "tecton" || given(view, "aggregations") || isStatic(facts, view))
        continue;
      const ttl = given(view, "ttl");
      if (ttl && !isNothing(facts.textOf(ttl.at), ttl.constant)) continue;
      report({
        at: ttl?.at ?? view.at,
        message: ttl
          ? `${nameOf(view)} has a \`ttl\` of nothing, which means forever: a value of any age counts.`
          : `${nameOf(view)} has no \`ttl\`: a value of any age counts.`,
        path: [],
        fixes: fixesOf(facts, view, ttl?.at ?? null),
      });
    }
  },
});

function isNothing(text: string, constant: unknown): boolean {
  return constant === 0 || /^(\w+\.)?timedelta\(\s*(\w+\s*=\s*)?0?\s*\)$/.test(text);
}

function fixesOf(facts: NotebookFacts, { call }: Definition, ttl: Definition["at"] | null): Fix[] {
  const timedelta = facts.imports.get("datetime.timedelta");
  const text = facts.textOf(call);
  if (timedelta === undefined || !text.endsWith(")")) return [];
  const title = "Let values live for a day; say what is right here";
  if (ttl !== null)
    return [
      {
        title,
        kind: "suggestion",
        edits: [{ cellId: ttl.cell, range: ttl, newText: `${timedelta}(days=1)` }],
      },
    ];
  const end = { line: call.end.line, character: call.end.character - 1 };
  const isAfterComma = /,\s*\)$/.test(text);
  const newText = `${isAfterComma ? "" : ", "}ttl=${timedelta}(days=1)`;
  return [{ title, kind: "suggestion", edits: [{ cellId: call.cell, range: { start: end, end }, newText }] }];
}
