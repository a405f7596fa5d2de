/** Whether a relative path with forward slashes stays inside its folder. Absolute paths, drive letters, backslashes, NULs and any `..`, `.` or empty part are refused. */
export function isInside(path: string): boolean {
  if (path === "" || path.includes("\\") || path.includes("\0") || /^[A-Za-z]:/.test(path)) return false;
  return path.split("/").every((part) => part !== "" && part !== "." && part !== "..");
}
