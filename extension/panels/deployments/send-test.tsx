import type { DeploymentStatus, Prediction } from "@lookback/protocol/deployments.ts";
import type { FailureData } from "@lookback/protocol/failures.ts";
import { failureOf } from "@lookback/protocol/failures.ts";
import { type FormEvent, type ReactNode, useId, useState } from "react";
import type { Host } from "../../host.ts";
import { FailureNotice } from "../kit/failure-notice.tsx";
import { formInputs, formTexts } from "./test-inputs.ts";

/** A form with the release's own example in it; sending it asks the active version. */
export function SendTest(props: {
  deployment: DeploymentStatus;
  host: Host;
  onAnswer: (prediction: Prediction) => void;
  onClose: () => void;
}): ReactNode {
  const { deployment, host } = props;
  const [texts, setTexts] = useState(() => formTexts(deployment.example));
  const [at, setAt] = useState(deployment.exampleAt ?? "");
  const [sending, setSending] = useState(false);
  const [failure, setFailure] = useState<FailureData | null>(null);
  const send = (event: FormEvent) => {
    event.preventDefault();
    setSending(true);
    setFailure(null);
    const inputs = formInputs(texts, deployment.example);
    const moment = at.trim() === "" ? {} : { at: at.trim() };
    host
      .request("lookback/deployments/predict", { name: deployment.name, inputs, ...moment })
      .then(props.onAnswer, (error) => setFailure(failureOf(error)))
      .finally(() => setSending(false));
  };
  return (
    <form className="lb-deploy-test" onSubmit={send} aria-label="Send a test">
      <header>
        <h2 className="lb-heading">Send a test to version {deployment.active}</h2>
        <button type="button" className="lb-button lb-quiet" aria-label="Close" onClick={props.onClose}>
          ×
        </button>
      </header>
      <p className="lb-muted">Features are looked up; the rest comes with the request.</p>
      <div className="lb-deploy-fields">
        {Object.entries(texts).map(([name, text]) => (
          <Field
            key={name}
            name={name}
            text={text}
            onChange={(next) => setTexts((all) => ({ ...all, [name]: next }))}
          />
        ))}
        <Field name="as of" hint="now" text={at} onChange={setAt} />
      </div>
      {failure ? <FailureNotice failure={failure} /> : null}
      <button type="submit" className="lb-button lb-primary" disabled={sending}>
        {sending ? "Asking …" : "Send"}
      </button>
    </form>
  );
}

function Field(props: {
  name: string;
  text: string;
  hint?: string;
  onChange: (text: string) => void;
}): ReactNode {
  const id = useId();
  return (
    <>
      <label htmlFor={id} className="lb-ellipsis" title={props.name}>
        {props.name}
      </label>
      <input
        id={id}
        className="lb-input"
        value={props.text}
        placeholder={props.hint ?? "none"}
        onChange={(event) => props.onChange(event.target.value)}
      />
    </>
  );
}
