import { Notification } from "@jupyterlab/apputils";

/** Says that cells of a change that is undone keep their part of it. */
export function sayKept(left: number): void {
  Notification.warning(
    left === 1
      ? "1 other cell of this fix was edited since, so it was not undone there."
      : `${left} other cells of this fix were edited since, so it was not undone there.`,
  );
}
