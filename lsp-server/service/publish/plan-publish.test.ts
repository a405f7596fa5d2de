import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openStore } from "@lookback/kernel-bridge/ledger/store/open-store.ts";
import { notebookOf } from "@lookback/language/notebook/notebook.ts";
import { beforeAll, describe, expect, it } from "vitest";
import { loadPython } from "../files/load-python.ts";
import { notebookText, recordWritten, type Written } from "./fixture-workspace.ts";
import { planPublish } from "./plan-publish.ts";
import type { PublishContext } from "./publish-context.ts";

const notRun =
  "The notebook as it is saved has not been run whole, without an error. Save it, run all its cells (`lookback run` does), then publish.";
const noModel =
  "The run fitted no model. What is published is a fitted model: fit one, assign it to a variable, and run again.";

describe("what stands in the way of publishing", () => {
  let context: PublishContext;
  let root: string;
  const write = (name: string, content: string) => writeFileSync(join(root, name), content);
  const obstacles = async (notebook = "n.ipynb") => (await planPublish(context, notebook)).plan.obstacles;

  const run = (sources: readonly string[], written?: Written) =>
    recordWritten(context.store, sources, written);

  beforeAll(async () => {
    root = mkdtempSync(join(tmpdir(), "lookback-plan-"));
    context = {
      store: await openStore(root),
      python: await loadPython(),
      compiler: [process.execPath, "-e", ""],
      pipeline: null,
      env: process.env,
      now: () => new Date(),
    };
  });

  it("says all of it at once when the notebook never ran", async () => {
    write("n.ipynb", notebookText(["x = 1"]));
    expect(await obstacles()).toEqual([notRun]);
  });

  it("takes no run that left a cell out, raised, or ran another text", async () => {
    await run(["x = 1", "y = 2"], { only: [0] });
    expect(await obstacles()).toContain(notRun);
    await run(["x = 1", "1 / 0"], { raised: 1 });
    expect(await obstacles()).toContain(notRun);
    await run(["x = 1", "y = 2"]);
    expect(await obstacles()).toEqual([noModel]);
    write("n.ipynb", notebookText(["x = 1", "y = 3"]));
    expect(await obstacles()).toContain(notRun);
    write("n.ipynb", notebookText(["x = 1", "y = 2", ""]));
    expect(await obstacles(), "an empty cell has nothing to run").not.toContain(notRun);
    write("n.ipynb", notebookText(["x = 1", "y = 2", "z = 3"]));
    expect(await obstacles()).toContain(notRun);
  });

  it("reads the file as its bytes say, whatever its encoding and line ends", async () => {
    const sequence = ["x = 1", "s = 'Zürich'"];
    await run(sequence);
    for (const bytes of [
      Buffer.from(`\uFEFF${notebookText(sequence)}`, "utf16le"),
      Buffer.from(notebookText(sequence), "utf16le"),
      Buffer.from(`\uFEFF${notebookText(sequence)}`, "utf8"),
      Buffer.from(notebookText(sequence).replaceAll(",", ",\r"), "utf8"),
    ]) {
      writeFileSync(join(root, "n.ipynb"), bytes);
      expect(await obstacles()).toEqual([noModel]);
    }
    writeFileSync(join(root, "n.ipynb"), Buffer.from(notebookText(sequence), "latin1"));
    expect((await obstacles())[0]).toMatch(/not text in UTF-8/);
  });

  it("reads the scripts that the notebook imports, and no others", async () => {
    write("names.py", "VIEW = 'v'");
    write("broken.py", "x = '");
    writeFileSync(join(root, "latin.py"), Buffer.from("x = 'ü'", "latin1"));
    write("n.ipynb", notebookText(["import names, latin", "broken = 1"]));
    const { modules } = await planPublish(context, "n.ipynb");
    expect(modules.map(({ name, unread }) => [name, unread === null])).toEqual([
      ["names.py", true],
      ["latin.py", false],
    ]);
  });

  it("takes neither older code than was run last nor a file that the screen has left behind", async () => {
    const sequence = ["x = 1", "y = 2"];
    await run(sequence);
    expect(await obstacles()).toEqual([noModel]);
    // Edited, run, and never saved: the file holds the code of before.
    const edited = ["x = 1", "y = 20"];
    await run(edited);
    write("n.ipynb", notebookText(sequence));
    const [newer] = await obstacles();
    expect(newer).toMatch(
      /^A newer run, \w{10}… with no score, ran other code than the notebook holds; what would ship/,
    );
    const onScreen = () =>
      notebookOf(
        "n",
        edited.map((source, at) => ({ id: `c${at}`, source })),
      );
    const shown = await planPublish({ ...context, onScreen }, "n.ipynb");
    expect(shown.plan.obstacles[0]).toBe(
      "1 cell on screen is not in the saved file, the first at `y = 20`. Save the notebook, then publish.",
    );
    // A part of the newer code is no whole run; saved, the newer whole run ships.
    write("n.ipynb", notebookText(edited));
    const saved = await planPublish({ ...context, onScreen }, "n.ipynb");
    expect(saved.plan.obstacles).toEqual([noModel]);
    // Back to the code of before, and run again: that is the newest.
    await run(sequence);
    expect(await obstacles()).toEqual([noModel]);
    await run(edited, { only: [1] });
    write("n.ipynb", notebookText(sequence));
    expect(await obstacles()).toEqual([noModel]);
  });

  it("says which source the pipeline could not read elsewhere", async () => {
    const definitions = `from lookback import Entity, FeatureView, Field, FileSource, Float64, TrainingSet
shop = Entity(name="shop", join_keys=["shop"])
orders = FileSource(name="orders", path="../orders.parquet", timestamp_field="at")
visits = FileSource(name="visits", path="../visits.parquet", timestamp_field="at")
shop_visits = FeatureView(name="shop_visits", entities=[shop], source=visits, schema=[Field(name="n", dtype=Float64)])
returned = TrainingSet(name="returned", spine=orders, label="returned", features=["shop_visits:n"])`;
    write("n.ipynb", notebookText([definitions]));
    const found = await obstacles();
    expect(found).toHaveLength(2);
    expect(found[1]).toMatch(
      /^The source visits reads \.\.\/visits\.parquet, which is outside the workspace/,
    );
    write("n.ipynb", notebookText([definitions.replace("../visits", "visits")]));
    expect(await obstacles()).toEqual([notRun]);
  });

  it("says what a file is that is no notebook", async () => {
    write("broken.ipynb", "{");
    const found = await obstacles("broken.ipynb");
    expect(found).toContain(notRun);
    expect(found[0]).toMatch(/JSON/);
  });

  it("reads nothing outside the workspace", async () => {
    mkdirSync(join(root, "..x"));
    write("..x/n.ipynb", notebookText(["x = 1"]));
    expect(await obstacles("..x/n.ipynb")).toContain(notRun);
    for (const path of ["../n.ipynb", "a/../../n.ipynb", "..", ".", "", "/etc/hostname"])
      await expect(planPublish(context, path), path).rejects.toMatchObject({ code: "publish/outside" });
    await expect(planPublish(context, "absent.ipynb")).rejects.toMatchObject({ code: "publish/unreadable" });
  });
});
