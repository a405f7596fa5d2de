/** A column of one of the engine's tables. */
export interface Column {
  readonly name: string;
  /** As DuckDB says it. */
  readonly type: string;
}

/** A column that two tables have. */
export interface SharedColumn {
  readonly name: string;
  readonly left: string;
  readonly right: string;
}

export type ColumnKind = "number" | "time" | "category" | "other";

/** What can be done with the values of a type. */
export function columnKind(type: string): ColumnKind {
  // Of a type that ends so each value is a list.
  if (type.endsWith("]")) return "other";
  if (/^(U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|FLOAT|DOUBLE|DECIMAL\(.*\))$/.test(type)) return "number";
  if (/^(TIMESTAMP|DATE)/.test(type)) return "time";
  return /^(VARCHAR|BOOLEAN|ENUM)/.test(type) ? "category" : "other";
}

/** Whether equal rows would have equal values in it, exactly: a fraction identifies nothing. */
export function canIdentify(type: string): boolean {
  return columnKind(type) !== "other" && !/^(FLOAT|DOUBLE|BOOLEAN|DECIMAL\(\d+, ?[1-9])/.test(type);
}

/** The columns that both tables have, in the order of the right one. */
export function sharedColumns(left: readonly Column[], right: readonly Column[]): SharedColumn[] {
  const types = new Map(left.map(({ name, type }) => [name, type]));
  return right.flatMap(({ name, type }) => {
    const before = types.get(name);
    return before === undefined ? [] : [{ name, left: before, right: type }];
  });
}
