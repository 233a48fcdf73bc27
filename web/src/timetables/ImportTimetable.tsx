/** A timetable from a file of FET or JSON: what was read is shown, then it is searched or its lessons are kept. */

import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { ProposalCard } from "../approvals/ProposalCard";
import { useProposal } from "../approvals/useProposal";
import { FileButton } from "../design/FileButton";
import { SkeletonLines } from "../design/Skeleton";

export function ImportTimetable() {
  const proposal = useProposal();
  const queries = useQueryClient();
  const [file, setFile] = useState<{ id: string; name: string } | null>(null);
  const [how, setHow] = useState("");
  const propose = (id: string, way: string) => proposal.propose("import_timetable", { file: id, ...(way ? { how: way } : {}) });
  return (
    <section className="panel stack" aria-labelledby="import-timetable-title">
      <h2 id="import-timetable-title" className="section-title">From a file</h2>
      <div className="button-row transfer-row">
        <label className="field">
          <span>With its lessons</span>
          <select className="input" value={how} onChange={(event) => { setHow(event.target.value); if (file) propose(file.id, event.target.value); }}>
            <option value="">Keep them when all are placed, else look for a timetable</option>
            <option value="keep">Keep those the file has placed</option>
            <option value="search">Look for a timetable</option>
          </select>
        </label>
        <FileButton primary label="Choose a file" accept=".fet,.json" onUploaded={(one) => { setFile({ id: one.fileId, name: one.name }); propose(one.fileId, how); }} />
      </div>
      <p className="muted row-text">A .fet file of FET, or the problem as JSON. You see what was read, and which names are not in the records, before anything is kept.</p>
      {proposal.busy && <SkeletonLines lines={4} label={`Reading ${file?.name ?? "the file"}`} />}
      <ProposalCard proposal={proposal} onDone={() => { void queries.invalidateQueries({ queryKey: ["timetables"] }); void queries.invalidateQueries({ queryKey: ["audit"] }); }} />
    </section>
  );
}
