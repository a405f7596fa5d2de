/** Every `.py` below a folder in one Python text: its `loader.py` with `SOURCES` filled in; the same text for the same files. */
export function joinPython(folder: string): string;
