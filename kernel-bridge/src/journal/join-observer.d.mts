/** The file that holds the joined text in a built installation. */
export const joinedName: string;
/** Every `.py` below a folder in one Python text that defines `main(settings, shell)`; the same text for the same files. */
export function joinObserver(folder: string): string;
