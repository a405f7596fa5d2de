import { offsetAt, type TextEdit } from "../lsp.ts";

/** The text of a cell as JupyterLab shares it, as far as it is changed here. */
export interface EditedText {
  getSource(): string;
  updateSource(from: number, to: number, text: string): void;
  transact(change: () => void): void;
  undo(): unknown;
  redo(): unknown;
}

/**
 * Changes several cells as one step: undone in one of them, it is undone in all, and redone in all. A cell that was
 * edited since keeps its part, and `kept` is told how many did. Each cell's own undo follows only what it began itself,
 * so that the parts are separate changes that are tied together.
 */
export function changeTogether(
  parts: readonly { readonly text: EditedText; readonly edits: readonly TextEdit[] }[],
  kept: (cells: number) => void,
): void {
  const steps = parts.map(({ text }) => stepsOf(text));
  // What was typed before and what is typed after are steps of their own.
  for (const step of steps) step?.stopCapturing();
  for (const { text, edits } of parts) {
    const before = text.getSource();
    text.transact(() => {
      for (const { from, to, newText } of placed(before, edits)) text.updateSource(from, to, newText);
    });
  }
  for (const step of steps) step?.stopCapturing();
  const tied = parts.flatMap(({ text }, at) => {
    const own = steps[at];
    return own === undefined ? [] : [{ text, steps: own }];
  });
  // With undo for the whole document there is one list of steps, and one step on it.
  if (new Set(tied.map((each) => each.steps)).size < 2) return;
  const group: Group = { tied, kept };
  for (const each of tied) {
    const step = each.steps.undoStack.at(-1);
    if (step !== undefined) groups.set(step, group);
    follow(each);
  }
}

/** Edits by offsets, from the end of a text on: made in this order, none moves another. Of several at one place the first stands first. */
export function placed(text: string, edits: readonly TextEdit[]) {
  return edits
    .map(({ range, newText }, at) => ({
      at,
      from: offsetAt(text, range.start),
      to: offsetAt(text, range.end),
      newText,
    }))
    .sort((a, b) => b.from - a.from || b.to - a.to || b.at - a.at);
}

interface Tied {
  readonly text: EditedText;
  readonly steps: Steps;
}

interface Group {
  readonly tied: readonly Tied[];
  kept(cells: number): void;
}

/** Yjs's own undo manager: it is there, but not in the shared model's type. */
interface Steps {
  readonly undoStack: readonly object[];
  readonly redoStack: readonly object[];
  stopCapturing(): void;
  on(event: "stack-item-popped", listener: (popped: Popped) => void): void;
}

interface Popped {
  readonly stackItem: object;
  readonly type: "undo" | "redo";
}

const groups = new WeakMap<object, Group>();
const followed = new WeakSet<Steps>();

function follow({ steps }: Tied): void {
  if (followed.has(steps)) return;
  followed.add(steps);
  steps.on("stack-item-popped", ({ stackItem, type }) => {
    const group = groups.get(stackItem);
    if (group === undefined) return;
    groups.delete(stackItem);
    // What takes the step back again belongs to the group as well.
    const inverse = (type === "undo" ? steps.redoStack : steps.undoStack).at(-1);
    if (inverse !== undefined) groups.set(inverse, group);
    let kept = 0;
    for (const other of group.tied) {
      const stack = type === "undo" ? other.steps.undoStack : other.steps.redoStack;
      const top = stack.at(-1);
      if (top !== undefined && groups.get(top) === group)
        void (type === "undo" ? other.text.undo() : other.text.redo());
      else if (stack.some((step) => groups.get(step) === group)) kept += 1;
    }
    if (kept > 0) group.kept(kept);
  });
}

function stepsOf(text: object): Steps | undefined {
  const steps: unknown = Reflect.get(text, "undoManager");
  return typeof steps === "object" && steps !== null && "stopCapturing" in steps
    ? (steps as Steps)
    : undefined;
}
