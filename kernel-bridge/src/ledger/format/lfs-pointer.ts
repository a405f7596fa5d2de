/** A git-lfs pointer, version 1. */
export function lfsPointer(oid: string, size: number | null): string {
  return `version https://git-lfs.github.com/spec/v1\noid sha256:${oid}\nsize ${size}\n`;
}
