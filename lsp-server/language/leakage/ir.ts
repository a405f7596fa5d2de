import { positionIn } from "../notebook/notebook.ts";

/** Where something stands in a cell: 0-based lines, UTF-16 columns, and offsets into the cell's source. */
export interface Place {
  readonly cell: string;
  readonly start: { readonly line: number; readonly character: number };
  readonly end: { readonly line: number; readonly character: number };
  readonly from: number;
  readonly to: number;
  /** For a place in another file, which a notebook imports: where it is, and from where in the notebook it runs now. */
  readonly module?: { readonly where: string; readonly from: Place | null };
}

/** A place that reckons its lines when it is asked: a notebook has as many places as expressions, and few are ever shown. */
export class CellPlace implements Place {
  readonly cell: string;
  readonly from: number;
  readonly to: number;
  readonly #lines: readonly number[];

  /** `lines`: where each line of the cell begins. */
  constructor(cell: string, from: number, to: number, lines: readonly number[]) {
    this.cell = cell;
    this.from = from;
    this.to = to;
    this.#lines = lines;
  }

  get start(): Place["start"] {
    return positionIn(this.#lines, this.from);
  }

  get end(): Place["end"] {
    return positionIn(this.#lines, this.to);
  }
}

/** A place, but for what is given. */
export function placeWith(place: Place, given: Partial<Place>): Place {
  const { cell, from, to, start, end, module } = place;
  return { cell, from, to, start, end, ...(module ? { module } : {}), ...given };
}

/** A Python expression, stripped to what the analysis reads. Every node knows its place. */
export type Expression = { readonly at: Place } & (
  | {
      readonly op: "name";
      readonly name: string;
      /** In a text that does not parse, where it may be no name at all. */
      readonly isTorn?: true;
    }
  /** A query that a magic runs, answered as a table. */
  | { readonly op: "sql"; readonly text: string }
  | { readonly op: "constant"; readonly value: string | number | boolean | null }
  | { readonly op: "attribute"; readonly of: Expression; readonly name: string }
  | { readonly op: "index"; readonly of: Expression; readonly index: Expression }
  | {
      readonly op: "slice";
      readonly lower: Expression | null;
      readonly upper: Expression | null;
      readonly step: Expression | null;
    }
  | { readonly op: "call"; readonly callee: Expression; readonly args: readonly Argument[] }
  | { readonly op: "list" | "tuple"; readonly items: readonly Expression[] }
  /** An entry without a key is `**others`. */
  | { readonly op: "dict"; readonly entries: readonly (readonly [Expression | null, Expression])[] }
  /** `target := value`. */
  | { readonly op: "bind"; readonly target: Expression; readonly value: Expression }
  | {
      readonly op: "binary";
      readonly operator: string;
      readonly left: Expression;
      readonly right: Expression;
    }
  | { readonly op: "unary"; readonly operator: string; readonly of: Expression }
  | {
      readonly op: "choose";
      readonly test: Expression;
      readonly chosen: Expression;
      readonly otherwise: Expression;
    }
  | { readonly op: "lambda"; readonly params: readonly Parameter[]; readonly body: Expression }
  | { readonly op: "each"; readonly clauses: readonly Clause[]; readonly yields: readonly Expression[] }
  /** `isText`: a text that they are filled into. */
  | { readonly op: "parts"; readonly parts: readonly Expression[]; readonly isText?: true }
);

/** `value`, `name=value`, `*value` or `**value`. */
export interface Argument {
  readonly name: string | null;
  readonly spread: "*" | "**" | null;
  readonly value: Expression;
}

export interface Parameter {
  readonly name: string;
  readonly spread: "*" | "**" | null;
  readonly otherwise: Expression | null;
}

/** One `for target in source` of a comprehension. */
export interface Clause {
  readonly target: Expression;
  readonly source: Expression;
}

/** A Python statement, stripped to what the analysis reads. */
export type Statement = { readonly at: Place } & (
  | { readonly op: "assign"; readonly targets: readonly Expression[]; readonly value: Expression }
  | {
      readonly op: "augment";
      readonly target: Expression;
      readonly operator: string;
      readonly value: Expression;
    }
  | { readonly op: "do"; readonly value: Expression }
  | {
      readonly op: "branch";
      readonly tests: readonly Expression[];
      readonly arms: readonly (readonly Statement[])[];
    }
  | {
      readonly op: "loop";
      readonly target: Expression | null;
      readonly source: Expression;
      readonly body: readonly Statement[];
    }
  | { readonly op: "block"; readonly body: readonly Statement[] }
  | {
      readonly op: "function";
      readonly name: string;
      /** In the order written: the last one is applied first. */
      readonly decorators: readonly Expression[];
      readonly params: readonly Parameter[];
      readonly body: readonly Statement[];
    }
  | {
      readonly op: "class";
      readonly name: string;
      readonly decorators: readonly Expression[];
      readonly bases: readonly Expression[];
      /** What its body declares with a type: the parameters of a data class. */
      readonly fields: readonly Parameter[];
      readonly body: readonly Statement[];
    }
  | {
      readonly op: "return";
      readonly value: Expression | null;
      /** What a generator yields, and goes on. */
      readonly goesOn?: true;
    }
  | {
      readonly op: "import";
      /** As written: `a.b`, `.features`. */
      readonly module: string;
      /** `from module import *`. */
      readonly isStar: boolean;
      readonly bindings: readonly { readonly name: string; readonly path: string }[];
    }
  | { readonly op: "forget"; readonly targets: readonly Expression[] }
  /** The names are the notebook's, not the function's. */
  | { readonly op: "global"; readonly names: readonly string[] }
  /** The names are those of a function around it. */
  | { readonly op: "nonlocal"; readonly names: readonly string[] }
);
