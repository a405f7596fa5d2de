/** A text that gives a table anew, or some of its columns or rows. */
export const changed = (table: string) =>
  new RegExp(
    `(^|\\n\\s*)(\\w+\\s*,\\s*)*${table}(\\.i?loc)?(\\[[^\\n]*\\]|\\.\\w+)?\\s*(,\\s*\\w+\\s*)*(?:[-+@%&|^]|\\*\\*?|//?|<<|>>)?=(?!=)`,
  );

/** A text that fills the gaps of one of its columns, and changes nothing else. */
export const filling = (table: string) =>
  new RegExp(`(^|\\n\\s*)${table}\\[([^\\]]+)\\]\\s*=\\s*${table}(\\[\\2\\]|\\.\\w+)\\.fillna\\(`);
