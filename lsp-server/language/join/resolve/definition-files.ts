/** Feature definitions as teams write them, and what they come to. */
export interface DefinitionFiles {
  readonly name: string;
  /** By path in the workspace; the last is the document. */
  readonly files: Readonly<Record<string, string>>;
  readonly says: string;
}
