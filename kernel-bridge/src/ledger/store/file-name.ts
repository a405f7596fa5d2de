/** An id as a file name: itself when harmless, else its letters and a mark, so that no id can leave its folder or meet another. */
export function fileName(id: string): string {
  if (/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/.test(id)) return id;
  return `_${Buffer.from(id, "utf8").toString("base64url").slice(0, 200)}`;
}

/** The id that a file is named after; the name itself when it is of none. */
export function idOfFile(name: string): string {
  const id = name.startsWith("_") ? Buffer.from(name.slice(1), "base64url").toString("utf8") : name;
  return fileName(id) === name ? id : name;
}
