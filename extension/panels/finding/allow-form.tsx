import { failureText } from "@lookback/protocol/failures.ts";
import type { ShownAllowance } from "@lookback/protocol/findings.ts";
import { type FormEvent, type ReactNode, useId, useState } from "react";
import type { Host } from "../../host.ts";
import { allowed } from "../kit/allow-finding.ts";
import { allowQuestion } from "../kit/allow-question.ts";

/** Why a finding is right, and how far that goes. Without a reason nothing is written. */
export function AllowForm(props: {
  host: Host;
  rule: string;
  allowances: readonly ShownAllowance[];
  onDone: () => void;
}): ReactNode {
  const { host, rule, allowances, onDone } = props;
  const [reason, setReason] = useState("");
  const [chosen, setChosen] = useState(0);
  const name = useId();
  const { title, placeholder } = allowQuestion(rule);
  const allowance = allowances[chosen];
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (allowance === undefined || reason.trim() === "") return;
    host
      .change(allowance.title, [allowed(allowance, reason.trim())], false)
      .then(onDone, (error: unknown) => host.notify("warning", failureText(error)));
  };
  return (
    <form className="lb-explain-preview" onSubmit={submit}>
      <label>
        {title}
        <input
          className="lb-input"
          // biome-ignore lint/a11y/noAutofocus: it was asked for by a button right above it
          autoFocus
          value={reason}
          placeholder={placeholder}
          onChange={(event) => setReason(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === "Escape") onDone();
          }}
        />
      </label>
      <fieldset>
        <legend className="lb-hidden">How far it goes</legend>
        {allowances.map((one, at) => (
          <label key={one.title}>
            <input type="radio" name={name} checked={at === chosen} onChange={() => setChosen(at)} />
            {scopeText(one.title, rule)}
          </label>
        ))}
      </fieldset>
      <div className="lb-explain-actions">
        <button type="submit" className="lb-button lb-primary" disabled={reason.trim() === ""}>
          Allow
        </button>
        <button type="button" className="lb-button lb-quiet" onClick={onDone}>
          Leave it
        </button>
      </div>
    </form>
  );
}

/** `Allow multi-test in this cell…` is `in this cell` below its rule. */
function scopeText(title: string, rule: string): string {
  return title.replace(`Allow ${rule} `, "").replace(/…$/, "");
}
