/** Part of a formula's text. */
interface Part {
  readonly from: number;
  readonly to: number;
}

/** One term of a formula: a column, or what is computed of some row by row: `np.log(area)`, `C(kind)`, `Q("floor area")`. */
export interface Term extends Part {
  /** The column that it is; as it is written where it is more than one. */
  readonly name: string;
  /** The columns that it is computed of. */
  readonly columns: readonly string[];
  /** What is called in it, by its name. */
  readonly calls: readonly string[];
}

/** What a formula says: what is to be predicted, where it stands there, and from what. */
export interface Formula {
  readonly target: Term | null;
  readonly inputs: readonly Term[];
}

/** Reads a formula as patsy and its heirs do: `price ~ np.log(area) + C(kind) - 1`. Null where it is none, or of more than two sides. */
export function readFormula(text: string): Formula | null {
  const sides: Term[][] = [[]];
  let parts: Token[] = [];
  // For each open bracket, whether it is of a call: what stands in one is one term, other brackets only group terms.
  const open: boolean[] = [];
  let isTaken = false;
  const endTerm = (): void => {
    const term = termOf(text, parts);
    if (term !== null && !isTaken) sides.at(-1)?.push(term);
    parts = [];
  };
  const tokens = tokensOf(text);
  for (const [at, token] of tokens.entries()) {
    const { word } = token;
    const isInCall = open.includes(true);
    if (word === "(" || word === "[") {
      const before = tokens[at - 1];
      const isCall = before !== undefined && /[\w)\]]$/.test(before.word) && parts.includes(before);
      open.push(isCall);
      if (isCall || isInCall) parts.push(token);
      continue;
    }
    if (word === ")" || word === "]") {
      if (open.pop() === true || isInCall) parts.push(token);
      continue;
    }
    if (isInCall || !/^[~+\-*:/|]/.test(word)) {
      parts.push(token);
      continue;
    }
    endTerm();
    if (word === "~") sides.push([]);
    isTaken = word === "-";
  }
  endTerm();
  const [first = [], second, another] = sides;
  if (another !== undefined || open.length > 0) return null;
  if (second === undefined) return { target: null, inputs: first };
  return first.length > 1 ? null : { target: first[0] ?? null, inputs: second };
}

interface Token extends Part {
  readonly word: string;
}

/** Texts, dotted names, numbers and signs. */
function tokensOf(text: string): Token[] {
  const pattern =
    /`[^`]*`|"[^"]*"|'[^']*'|[A-Za-z_]\w*(?:\s*\.\s*[A-Za-z_]\w*)*|\d[\w.]*|\*\*|[=!<>]=|[^\s\w]/g;
  return [...text.matchAll(pattern)].map(({ 0: word, index }) => ({
    word,
    from: index,
    to: index + word.length,
  }));
}

function termOf(text: string, tokens: readonly Token[]): Term | null {
  const columns = new Set<string>();
  const calls: string[] = [];
  for (const [at, { word }] of tokens.entries()) {
    const after = tokens[at + 1]?.word;
    const called = tokens[at - 1]?.word === "(" ? tokens[at - 2]?.word : undefined;
    if (word.startsWith("`")) columns.add(word.slice(1, -1));
    else if (/^["']/.test(word)) {
      if (called === "Q") columns.add(word.slice(1, -1));
    } else if (/^[A-Za-z_]/.test(word)) {
      if (after === "(") calls.push(word.replaceAll(/\s/g, ""));
      // `df=4` names a setting, `np.pi` is no column.
      else if (after !== "=" && !word.includes(".") && !constants.has(word)) columns.add(word);
    }
  }
  const [first] = tokens;
  const last = tokens.at(-1);
  if (columns.size === 0 || !first || !last) return null;
  const [column = "", another] = columns;
  const isColumn = another === undefined && calls.every((call) => naming.has(call));
  const { from } = first;
  const { to } = last;
  return { name: isColumn ? column : text.slice(from, to), columns: [...columns], calls, from, to };
}

/** How categories are told apart. */
const contrasts = ["Diff", "Helmert", "Poly", "Sum", "Treatment"];

/** Calls that leave a column what it is: its categories, its name. */
const naming: ReadonlySet<string> = new Set(["C", "Q", ...contrasts]);

const constants: ReadonlySet<string> = new Set(["True", "False", "None", ...contrasts]);
