/**
 * What begins the editor's name of a file in each of the open folders: nothing while one folder is open, else the folder's
 * own name, told apart by a number where two are equal. Hosts and the server make the same labels from the same names.
 */
export function folderLabels(names: readonly string[]): string[] {
  if (names.length < 2) return names.map(() => "");
  const taken = new Set<string>();
  return names.map((name) => {
    // A label is one step of a path.
    const plain = name.replaceAll(/[\\/]/g, "-");
    let label = plain;
    for (let number = 2; taken.has(label); number++) label = `${plain} (${number})`;
    taken.add(label);
    return label;
  });
}
