import { Signal } from "@lumino/signaling";
import { expect, it } from "vitest";
import { followSaves } from "./follow-saves.ts";

/** A document whose saves end when told to; it counts how many were under way at once. */
function document() {
  const model = { dirty: true };
  const saveState = new Signal<object, "started" | "completed" | "failed">(model);
  const open: ((state: "completed" | "failed") => void)[] = [];
  let most = 0;
  let begun = 0;
  return {
    model,
    saveState,
    async save() {
      // As JupyterLab's own, which first waits to be ready.
      await null;
      begun += 1;
      saveState.emit("started");
      const ended = new Promise<"completed" | "failed">((resolve) => open.push(resolve));
      most = Math.max(most, open.length);
      const state = await ended;
      if (state === "completed") model.dirty = false;
      saveState.emit(state);
      if (state === "failed") throw new Error("disk full");
    },
    end: (state: "completed" | "failed" = "completed") => open.shift()?.(state),
    begun: () => begun,
    most: () => most,
  };
}

it("waits for the save that somebody else began, and does not save again what that one saved", async () => {
  const context = document();
  const saves = followSaves(context);
  void context.save();
  await null;
  const saved = saves.save();
  expect(context.begun()).toBe(1);
  context.end();
  await saved;
  expect([context.begun(), context.most()]).toEqual([1, 1]);
});

it("saves what was edited while the other save was under way, after it", async () => {
  const context = document();
  const saves = followSaves(context);
  const theirs = context.save();
  await null;
  const saved = saves.save();
  context.end();
  await theirs;
  context.model.dirty = true;
  await expect.poll(context.begun).toBe(2);
  context.end();
  await saved;
  expect(context.most()).toBe(1);
});

it("begins one save when two ask at once, and a second that was needed only when the first has failed", async () => {
  const context = document();
  const saves = followSaves(context);
  const asked = [saves.save(), saves.save()];
  const outcome = Promise.allSettled(asked);
  await expect.poll(context.begun).toBe(1);
  context.end("failed");
  await expect.poll(context.begun).toBe(2);
  context.end();
  expect((await outcome).map(({ status }) => status)).toEqual(["rejected", "fulfilled"]);
  expect(context.most()).toBe(1);
});

it("does not wait for ever for a save whose question was cancelled", async () => {
  const context = document();
  const saves = followSaves(context, 20);
  context.saveState.emit("started");
  const saved = saves.save();
  await expect.poll(context.begun).toBe(1);
  context.end();
  await saved;
  expect(context.model.dirty).toBe(false);
});
