import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { ProposalCard } from "../approvals/ProposalCard";
import { useProposal } from "../approvals/useProposal";
import { FileButton } from "../design/FileButton";
import { SkeletonLines } from "../design/Skeleton";
import type { ImportKind } from "./importKinds";

export function ImportForm({ kinds }: { kinds: ImportKind[] }) {
  const proposal = useProposal();
  const queries = useQueryClient();
  const [id, setId] = useState(kinds[0]?.id ?? "");
  const kind = kinds.find((one) => one.id === id) ?? kinds[0];
  const [name, setName] = useState("");
  if (!kind) return null;
  return (
    <section className="panel stack" aria-labelledby="import-title">
      <h2 id="import-title" className="section-title">Import</h2>
      <div className="button-row transfer-row">
        <label className="field"><span>What the file holds</span>
          <select className="input" value={id} onChange={(event) => { setId(event.target.value); proposal.dismiss(); }}>
            {kinds.map((one) => <option key={one.id} value={one.id}>{one.label}</option>)}
          </select>
        </label>
        <FileButton
          key={kind.id} primary label="Choose a file" accept=".xlsx,.xls,.csv,text/csv"
          onUploaded={(file) => { setName(file.name); proposal.propose(kind.capability, { file: file.fileId, ...kind.args }); }}
        />
      </div>
      <p className="muted row-text">{kind.columns} Excel or CSV.</p>
      {proposal.busy && <SkeletonLines lines={4} label={`Reading ${name}`} />}
      <ProposalCard proposal={proposal} onDone={() => { void queries.invalidateQueries({ queryKey: ["audit"] }); void queries.invalidateQueries({ queryKey: ["runs"] }); }} />
    </section>
  );
}
