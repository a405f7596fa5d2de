/** The observer's modules as the one text that a kernel runs. */
import { joinPython } from "./join-python.mjs";

/** The file that holds the joined text in a built installation. */
export const joinedName = "observe.py";

/** Every `.py` below `observer/` in one Python text that defines `main(settings, shell)`. */
export function joinObserver(folder) {
  return joinPython(folder);
}
