/** A number of bytes as people read it, and what they may write: 1,024 of each is one of the next. */
export function sayBytes(bytes: number): string {
  if (bytes < 1024) return `${bytes} ${bytes === 1 ? "byte" : "bytes"}`;
  let value = bytes / 1024;
  let at = 0;
  for (; value >= 1023.95 && at < units.length - 1; at++) value /= 1024;
  return `${value.toFixed(1)} ${units[at]}`;
}

/** How many bytes a text such as `500MB` or `1.5 GB` says; null when it says none. */
export function bytesOf(text: string): number | null {
  const [, number, unit] = /^\s*(\d+(?:\.\d+)?)\s*([kMGT]?)i?B?\s*$/i.exec(text) ?? [];
  if (number === undefined) return null;
  const power = unit === "" ? 0 : "KMGT".indexOf(unit!.toUpperCase()) + 1;
  return Math.round(Number(number) * 1024 ** power);
}

const units = ["KB", "MB", "GB", "TB"];
