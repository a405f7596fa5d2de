import { canIdentify, type SharedColumn } from "./column-kind.ts";
import { uniqueSql } from "./diff-sql.ts";

/** Rows of a query, whoever runs it. */
export type Ask = (sql: string) => Promise<readonly Readonly<Record<string, unknown>>[]>;

/**
 * The fewest columns that tell all rows of both tables apart, with no value missing: what is called a name or number of something
 * before a counter of rows, which moves with every row that is added. Null when no three columns do.
 */
export async function guessKey(
  ask: Ask,
  columns: readonly SharedColumn[],
): Promise<readonly string[] | null> {
  const able = columns.filter(({ left, right }) => canIdentify(left) && canIdentify(right));
  const names = able.map(({ name }) => name).slice(0, mostColumns);
  if (names.length === 0) return null;
  const singles = names.map((name) => [name]);
  const alone = await uniqueness(ask, singles);
  const telling = singles.filter((_, at) => alone[at]!.isUnique && !isCounter(names[at]!));
  if (telling.length > 0) return telling.find(([name]) => isNamed(name!)) ?? telling[0]!;
  const rows = Math.max(1, ...alone.map((each) => each.rows));
  const distinct = new Map(names.map((name, at) => [name, alone[at]!.distinct]));
  const whole = names.filter((name, at) => alone[at]!.isWhole && !isCounter(name));
  for (const size of [2, 3]) {
    const candidates = combinations(whole, size).filter(
      (key) => key.reduce((product, name) => product * (distinct.get(name) ?? 1), 1) >= rows,
    );
    for (const key of candidates.slice(0, mostTried)) {
      const [found] = await uniqueness(ask, [key]);
      if (found?.isUnique) return key;
    }
  }
  // A counter is better than nothing.
  return singles.find((_, at) => alone[at]!.isUnique) ?? null;
}

const mostColumns = 24;
const mostTried = 40;

interface Uniqueness {
  readonly isUnique: boolean;
  /** No value is missing. */
  readonly isWhole: boolean;
  readonly distinct: number;
  readonly rows: number;
}

/** Of both tables together: with fewer different values than this in one of them nothing is told apart. */
export async function uniqueness(ask: Ask, keys: readonly (readonly string[])[]): Promise<Uniqueness[]> {
  const answers: Readonly<Record<string, unknown>>[] = [];
  for (const table of ["before", "after"] as const) answers.push(...(await ask(uniqueSql(table, keys))));
  return keys.map((_, at) => {
    const sides = answers.map((row) => ({
      rows: Number(row.rows),
      distinct: Number(row[`d${at}`]),
      missing: Number(row[`n${at}`]),
    }));
    return {
      isUnique: sides.every(({ rows, distinct, missing }) => missing === 0 && distinct === rows),
      isWhole: sides.every(({ missing }) => missing === 0),
      distinct: Math.max(...sides.map(({ distinct }) => distinct)),
      rows: Math.max(...sides.map(({ rows }) => rows)),
    };
  });
}

function isCounter(name: string): boolean {
  return /^(unnamed: ?\d+|index|level_\d+|row(_?(id|num|number|index))?|column0+|)$/i.test(name.trim());
}

function isNamed(name: string): boolean {
  return /(^|_|\b)(id|key|code|uuid|number|no)$|Id$/i.test(name);
}

function combinations(names: readonly string[], size: number): string[][] {
  if (size === 0) return [[]];
  return names.flatMap((name, at) =>
    combinations(names.slice(at + 1), size - 1).map((rest) => [name, ...rest]),
  );
}
