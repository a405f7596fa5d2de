import type { CommandHost } from "../host.ts";
import type { RunCopy } from "../hosts/run-copy.ts";
import type { PanelIcon } from "../panels/panel-table.ts";

/** One thing a person can ask for by name: the same in every front end. */
export interface Command {
  /** Kebab-case, equal to the file's name; front ends prefix it with `lookback:` or `lookback.`. */
  readonly id: string;
  /** As a menu shows it; ends with `…` when it asks something more before it acts. */
  readonly title: string;
  /** The picture that stands for it, where a front end shows one. */
  readonly icon: PanelIcon;
  /** One sentence for tooltips and the command palette. */
  readonly caption: string;
  /** Whether it makes sense now. Cheap: asked whenever a menu opens. */
  when(context: CommandContext): boolean;
  /** Does it. Failures of the outside world reject; the front end shows their message. */
  run(host: CommandHost, context: CommandContext): Promise<void>;
}

/** Where the person is: the notebook in front, and the cell that has the cursor. */
export interface CommandContext {
  /** The copy of a recorded run in front, which is no notebook to work on; null when there is none. */
  readonly copy: RunCopy | null;
  readonly notebook: {
    /** Relative to the workspace root, with forward slashes. */
    readonly path: string;
    readonly uri: string;
    readonly cellId: string | null;
    /** Ids of all cells, top to bottom. */
    readonly cellIds: readonly string[];
  } | null;
  /** In the cell of a notebook or in a script; null where there is none. */
  readonly cursor: Cursor | null;
  /** Whether any finding there may have a fix that changes nothing but its leak. */
  readonly mayBeFixed: boolean;
}

export interface Cursor {
  /** Of the text it stands in: a cell's, or a script's. */
  readonly uri: string;
  /** Null in a script. */
  readonly cellId: string | null;
  /** 0-based. */
  readonly line: number;
  /** 0-based, in UTF-16 units. */
  readonly character: number;
}
