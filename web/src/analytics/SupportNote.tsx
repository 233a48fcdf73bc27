/** A note to the guardians of students who need help: drafted, changed, previewed as each will get it. It says nothing of a risk. */

import { useQuery } from "@tanstack/react-query";
import { MailPlus } from "lucide-react";
import { useState } from "react";
import { useApi } from "../api/ApiContext";
import { body } from "../api/client";
import { sentence } from "../api/problem";
import type { components } from "../api/schema";
import { ProposalCard } from "../approvals/ProposalCard";
import { useProposal } from "../approvals/useProposal";
import { Notice } from "../blocks/Notice";
import { SkeletonLines } from "../design/Skeleton";

type Preview = components["schemas"]["Preview"];
interface Props { students: { id: string; name: string }[] }

export function SupportNote({ students }: Props) {
  const [open, setOpen] = useState(false);
  const whose = students.length === 1 ? students[0]?.name : `${students.length} students`;
  if (!open) return <div><button type="button" className="button note-button" onClick={() => setOpen(true)}><MailPlus size={15} aria-hidden="true" /> Draft a note to the guardians of {whose}</button></div>;
  return <Draft students={students} onClose={() => setOpen(false)} />;
}

function Draft({ students, onClose }: Props & { onClose: () => void }) {
  const api = useApi();
  const proposal = useProposal();
  const ids = students.map((one) => one.id);
  const [words, setWords] = useState<string | null>(null);
  const draft = useQuery({
    queryKey: ["support-note", "draft"],
    queryFn: async ({ signal }) => wordsOf((await body(api.call.POST("/api/analytics/notes", { params: { query: { preview: true } }, body: { students: ids, count: ids.length }, signal }))) as Preview),
    staleTime: Infinity,
    retry: false,
  });
  const text = words ?? draft.data ?? "";
  return (
    <form
      className="panel stack-tight" aria-label="Note to guardians"
      onSubmit={(event) => { event.preventDefault(); proposal.propose("send_support_note", { students: ids, text }); }}
    >
      <h3 className="section-title">Note to the guardians of {new Intl.ListFormat("en").format(students.map((one) => one.name))}</h3>
      {draft.isPending && <SkeletonLines lines={3} label="Drafting the note" />}
      {draft.error && <Notice tone="danger">{sentence(draft.error)}</Notice>}
      {draft.data !== undefined && (
        <label className="field"><span>Words</span><textarea className="input" rows={4} required minLength={20} maxLength={1000} value={text} onChange={(event) => setWords(event.target.value)} /></label>
      )}
      <p className="field-hint">Risks, scores and predictions are for staff: the note names none. Nothing is sent before you approve its preview.</p>
      <div className="button-row">
        <button type="submit" className="button button-primary" disabled={proposal.busy || draft.data === undefined}>Preview</button>
        <button type="button" className="button button-plain" onClick={onClose}>Close</button>
      </div>
      <ProposalCard proposal={proposal} />
    </form>
  );
}

/** The draft's words stand in the preview's first text. */
function wordsOf(preview: Preview): string {
  const found = preview.blocks?.find((block) => block.type === "text");
  return found && "markdown" in found ? found.markdown : "";
}
