/** A secret in a text: where it begins and ends, in UTF-16 units, and the id of its kind. */
export interface FoundSecret {
  readonly start: number;
  readonly end: number;
  readonly kind: string;
}
