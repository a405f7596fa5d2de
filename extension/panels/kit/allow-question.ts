/** How both hosts ask why a finding is allowed. No reason: nothing is written. */
export function allowQuestion(rule: string): { readonly title: string; readonly placeholder: string } {
  return { title: `Why is ${rule} right here?`, placeholder: "Whoever reads the notebook later reads this" };
}
