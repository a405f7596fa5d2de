/** The entry in which a module of torch's holds whether it is to learn: `net.training`. What may have told it otherwise, `learning-mode.ts` hears. */
export const mode = "training";
