import type { ISignal } from "@lumino/signaling";

/** What of a document's context is asked of here. */
export interface Savable {
  readonly model: { readonly dirty: boolean };
  readonly saveState: ISignal<unknown, "started" | "completed" | "failed">;
  save(): Promise<void>;
}

export interface Saves {
  /**
   * Saves what is not yet saved, after any save that is under way: JupyterLab takes what the first of two wrote for somebody else's
   * change, and asks.
   */
  save(): Promise<void>;
  dispose(): void;
}

/** A save whose question the person cancels ends without a word: nothing waits for one longer than this. */
const LONGEST_MS = 10_000;

/** Follows a document's saves, whoever begins them: the person, the clock, a command. */
export function followSaves(context: Savable, longest = LONGEST_MS): Saves {
  let underWay = 0;
  let waiting: (() => void)[] = [];
  let own = Promise.resolve();

  const go = () => {
    const all = waiting;
    waiting = [];
    for (const each of all) each();
  };
  const heed = (_: unknown, state: "started" | "completed" | "failed") => {
    underWay = state === "started" ? underWay + 1 : Math.max(0, underWay - 1);
    if (underWay === 0) go();
  };
  context.saveState.connect(heed);

  const quiet = async () => {
    if (underWay === 0) return;
    const timer = setTimeout(() => {
      underWay = 0;
      go();
    }, longest);
    await new Promise<void>((resolve) => waiting.push(resolve));
    clearTimeout(timer);
  };
  const saveWhenQuiet = async () => {
    await quiet();
    if (context.model.dirty) await context.save();
  };

  return {
    save() {
      own = own.catch(() => {}).then(saveWhenQuiet);
      return own;
    },
    dispose: () => void context.saveState.disconnect(heed),
  };
}
