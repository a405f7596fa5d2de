/** A failure of the host itself, as commands and panels hear of one. */
export function hostFailure(code: string, said: { message: string; advice: string }): Error {
  return Object.assign(new Error(said.message), { data: { code, ...said, data: {} } });
}
