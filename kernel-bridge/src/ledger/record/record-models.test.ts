import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";
import { eventOf } from "../../journal/read-event.ts";
import { hasFile } from "../../objects/has-file.ts";
import { openStore } from "../store/open-store.ts";
import type { Store } from "../store/store.ts";
import { keptPath } from "./kept-files.ts";
import { recordModels } from "./record-models.ts";

const fit = eventOf({
  t: "fit",
  at: "",
  cell: "c",
  model: "m1",
  variable: "model",
  class: "sklearn.linear_model.Ridge",
  steps: [],
  parameters: {},
  rows: 3,
  features: null,
  durationMs: 1,
});

const sha256Of = (text: string) => createHash("sha256").update(text).digest("hex");

async function storeWith(name: string, text: string): Promise<Store> {
  const store = await openStore(mkdtempSync(join(tmpdir(), "lookback-models-")));
  const path = keptPath(store, name) ?? "";
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return store;
}

const keptAs = (kept: string | null, text: string, kind: "model" | "sample" = "model") =>
  eventOf({
    t: "kept",
    at: "",
    cell: "c",
    model: "m1",
    kind,
    sha256: sha256Of(text),
    size: text.length,
    rows: 2,
    of: 3,
    kept,
  });

it("stores what was kept of a model, and says where it was saved", async () => {
  const store = await storeWith("s.aa", "weights");
  const saved = eventOf({ t: "saved", at: "", cell: "d", model: "m1", path: join(store.root, "m.pkl") });
  const other = eventOf({ ...saved, model: "m2" });
  const { models, notes } = await recordModels(store, [fit, keptAs("s.aa", "weights"), saved, other], []);
  const sha256 = sha256Of("weights");
  expect(models).toMatchObject([
    {
      className: "sklearn.linear_model.Ridge",
      cellId: "c",
      kept: { sha256, size: 7, stored: true },
      samples: [],
      saved: ["m.pkl"],
    },
  ]);
  expect(await hasFile(store.objects, sha256)).toBe(true);
  expect(notes).toEqual([]);
});

it("tells why each was kept, in which cell, and of the model itself what it was last", async () => {
  const store = await storeWith("s.bb", "later");
  const [first, last] = [keptAs("s.aa", "weights"), keptAs("s.bb", "later")];
  const asked = { ...keptAs(null, "answers", "sample"), why: "fit" as const, cell: "d" };
  const { models } = await recordModels(store, [fit, first, { ...last, why: "fit" }, asked], []);
  expect(models).toMatchObject([
    {
      kept: { sha256: sha256Of("later"), why: "fit" },
      samples: [{ sha256: sha256Of("answers"), why: "fit", cellId: "d" }],
    },
  ]);
});

it("stores nothing that shows a secret, and says so", async () => {
  const store = await storeWith("s.aa", "the word is swordfish9");
  const { models, notes } = await recordModels(
    store,
    [fit, keptAs("s.aa", "the word is swordfish9", "sample")],
    ["swordfish9"],
  );
  expect(models).toMatchObject([{ kept: null, samples: [{ rows: 2, of: 3, stored: false }] }]);
  expect(notes).toMatchObject([{ code: "models/holds-secrets" }]);
});

it("says of what is gone that it is, and keeps the digest of what was too large", async () => {
  const store = await storeWith("s.aa", "weights");
  const gone = await recordModels(store, [fit, keptAs("s.bb", "weights")], []);
  expect(gone.models).toMatchObject([{ kept: { stored: false } }]);
  expect(gone.notes).toMatchObject([{ code: "models/gone" }]);
  const large = await recordModels(store, [fit, keptAs(null, "weights")], []);
  expect(large.models).toMatchObject([{ kept: { size: 7, stored: false } }]);
  expect(large.notes).toEqual([]);
});
