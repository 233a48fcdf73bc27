/** A tool call: one quiet line that opens to what was asked and what came back. */

import { Check, CircleAlert, Eye, LoaderCircle } from "lucide-react";
import { toolTitle, type ToolCall } from "./message";

export function ToolLine({ call }: { call: ToolCall }) {
  return (
    <details className="tool-line">
      <summary>
        <StateIcon state={call.state} />
        <span className="tool-name">{toolTitle(call.name)}</span>
        <span className="muted">{stateWords(call)}</span>
      </summary>
      <div className="tool-details">
        <p className="tool-heading">Arguments</p>
        <pre tabIndex={0} role="group" aria-label={`Arguments of ${toolTitle(call.name)}`}>{pretty(call.input)}</pre>
        {call.output && (
          <>
            <p className="tool-heading">Result</p>
            <pre tabIndex={0} role="group" aria-label={`Result of ${toolTitle(call.name)}`}>{pretty(call.output.result ?? call.output)}</pre>
          </>
        )}
        {call.error && <p className="tool-error">{call.error}</p>}
      </div>
    </details>
  );
}

function StateIcon({ state }: { state: string }) {
  if (state === "output-available") return <Check size={14} aria-hidden="true" />;
  if (state === "output-error" || state === "output-denied") return <CircleAlert size={14} aria-hidden="true" />;
  if (state === "approval-requested") return <Eye size={14} aria-hidden="true" />;
  return <LoaderCircle size={14} className="spin" aria-hidden="true" />;
}

function stateWords(call: ToolCall): string {
  if (call.state === "output-available") return call.output?.ms ? `${Math.round(call.output.ms)} ms` : "";
  if (call.state === "output-error") return "could not";
  if (call.state === "output-denied") return "cancelled";
  if (call.state === "approval-requested" || call.state === "approval-responded") return "previewed";
  return "working…";
}

const longest = 20_000;

function pretty(value: unknown): string {
  if (value === undefined || value === null) return "–";
  const text = typeof value === "string" ? value : JSON.stringify(value, null, 2);
  return text.length > longest ? `${text.slice(0, longest)}\n… ${text.length - longest} more characters` : text;
}
