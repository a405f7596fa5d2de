import { expect, it } from "vitest";
import { runCopyRefusal, runCopyTitle } from "./run-copy.ts";

const copy = { id: "01K5B4ZC9Q3FA9C1", notebook: "folder/late-flight.ipynb" };

it("is titled by its notebook and the end of its run's id", () => {
  expect(runCopyTitle(copy)).toBe("late-flight (run 3FA9C1)");
});

it("says what was not done, and what to do", () => {
  expect(runCopyRefusal(copy, "published")).toBe(
    "late-flight (run 3FA9C1) shows what was recorded, so it was not published. Restore the notebook first, then work in what was restored.",
  );
});
