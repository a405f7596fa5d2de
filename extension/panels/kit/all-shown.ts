/** What is left of a record after a panel took out every field that it shows: `rest satisfies AllShown` names one that it forgot. */
export type AllShown = Record<string, never>;
