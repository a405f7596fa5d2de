/** Whether a run's name of data is a file's or a folder's: none of an address, and of what a library made or a database answered. */
export function isFileName(name: string): boolean {
  return !name.includes("://") && !/^(made|query):/.test(name);
}
