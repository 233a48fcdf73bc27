/** Which total earns which grade: shown to everybody, changed with a preview of whose grades move. */

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Plus, Trash2 } from "lucide-react";
import { useState, type FormEvent } from "react";
import { useApi } from "../api/ApiContext";
import { body } from "../api/client";
import { sentence } from "../api/problem";
import type { components } from "../api/schema";
import { ProposalCard } from "../approvals/ProposalCard";
import { useProposal } from "../approvals/useProposal";
import { Notice } from "../blocks/Notice";
import { EmptyState } from "../design/EmptyState";
import { SkeletonLines } from "../design/Skeleton";
import { useFormat } from "../design/format";
import { useSession } from "../session/SessionContext";
import { bandsFault, newBands, type EditedBand } from "./bands";

type Scale = components["schemas"]["Scale"];
const queryKey = ["grading-scales"];

export function GradingSettings() {
  const api = useApi();
  const { can } = useSession();
  const [editing, setEditing] = useState<Scale | null>(null);
  const scales = useQuery({ queryKey, queryFn: ({ signal }) => body(api.call.GET("/api/v1/grading-scales", { signal })) });
  if (scales.isPending) return <SkeletonLines lines={8} label="Loading the grading scales" />;
  if (scales.error) return <Notice tone="danger">{sentence(scales.error)}</Notice>;
  const mayChange = can("school:write");
  const found = scales.data.scales;
  return (
    <div className="stack">
      <p className="muted">A total earns the grade of the highest band it reaches. A level with bands of its own is graded by those.</p>
      {found.length === 0 && <EmptyState title="There is no grading scale yet" text="Until there is one, scores have totals but no grades." action={mayChange && <button type="button" className="button button-primary" onClick={() => setEditing({ level: null, passPercent: 40, bands: newBands })}>Make the school's scale</button>} />}
      {found.map((scale) => (editing?.level === scale.level
        ? <ScaleForm key={scale.level ?? ""} scale={editing} isNew={false} onClose={() => setEditing(null)} />
        : <ScaleTable key={scale.level ?? ""} scale={scale} {...(mayChange ? { onEdit: () => setEditing(scale) } : {})} />))}
      {editing && !found.some((scale) => scale.level === editing.level) && <ScaleForm scale={editing} isNew onClose={() => setEditing(null)} />}
      {mayChange && found[0] && !editing && (
        <div><button type="button" className="button button-quiet" onClick={() => setEditing({ ...found[0], level: "" } as Scale)}><Plus size={15} aria-hidden="true" /> Bands of its own for a level</button></div>
      )}
    </div>
  );
}

function ScaleTable({ scale, onEdit }: { scale: Scale; onEdit?: () => void }) {
  const format = useFormat();
  const proposal = useProposal();
  const queries = useQueryClient();
  return (
    <section className="panel stack-tight" aria-label={scale.level ?? "The school"}>
      <header className="panel-head">
        <div>
          <h2 className="section-title">{scale.level ?? "The school"}</h2>
          <p className="muted row-text">Passed from {format.percent(Number(scale.passPercent))}</p>
        </div>
        {onEdit && (
          <div className="button-row">
            {scale.level && <button type="button" className="button button-plain" onClick={() => proposal.propose("remove_grading_scale", { level: scale.level })}>Follow the school</button>}
            <button type="button" className="button button-quiet" onClick={onEdit} aria-label={`Change the grades of ${scale.level ?? "the school"}`}>Change</button>
          </div>
        )}
      </header>
      <table className="bands">
        <thead><tr><th scope="col">Grade</th><th scope="col" className="align-right">From</th><th scope="col">Remark</th></tr></thead>
        <tbody>
          {scale.bands.map((band) => (
            <tr key={band.grade}><th scope="row">{band.grade}</th><td className="align-right figures">{format.percent(Number(band.fromPercent))}</td><td>{band.remark || "–"}</td></tr>
          ))}
        </tbody>
      </table>
      <ProposalCard proposal={proposal} onDone={() => void queries.invalidateQueries({ queryKey })} />
    </section>
  );
}

function ScaleForm({ scale, isNew, onClose }: { scale: Scale; isNew: boolean; onClose: () => void }) {
  const proposal = useProposal();
  const queries = useQueryClient();
  const [bands, setBands] = useState<EditedBand[]>(() => scale.bands.map((band, index) => ({ key: index, grade: band.grade, from: String(Number(band.fromPercent)), remark: band.remark ?? "" })));
  const [passes, setPasses] = useState(String(Number(scale.passPercent)));
  const [level, setLevel] = useState(scale.level ?? "");
  const ofLevel = scale.level !== null;
  const fault = bandsFault(bands, passes);
  const change = (key: number, part: Partial<EditedBand>) => setBands((all) => all.map((band) => (band.key === key ? { ...band, ...part } : band)));

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (fault) return;
    proposal.propose("set_grading_scale", {
      bands: bands.map((band) => ({ grade: band.grade.trim(), fromPercent: band.from, remark: band.remark.trim() })), passPercent: passes, ...(ofLevel ? { level } : {}),
    });
  }

  return (
    <form className="panel stack" onSubmit={submit} aria-label={`Grades of ${level || "the school"}`}>
      <header className="panel-head"><h2 className="section-title">{isNew && ofLevel ? "Bands of its own" : (scale.level ?? "The school")}</h2></header>
      {isNew && ofLevel && <label className="field"><span>Level</span><input className="input" required value={level} maxLength={60} placeholder="SS 3" onChange={(event) => setLevel(event.target.value)} /></label>}
      <div className="table-scroll">
        <table className="bands bands-edit">
          <thead><tr><th scope="col">Grade</th><th scope="col">From %</th><th scope="col">Remark</th><td /></tr></thead>
          <tbody>
            {bands.map((band, index) => (
              <tr key={band.key}>
                <td><input className="input" aria-label={`Grade ${index + 1}`} value={band.grade} maxLength={10} onChange={(event) => change(band.key, { grade: event.target.value })} /></td>
                <td><input className="input figures" aria-label={`Lowest total of grade ${index + 1}`} inputMode="decimal" value={band.from} onChange={(event) => change(band.key, { from: event.target.value.replace(",", ".") })} /></td>
                <td><input className="input" aria-label={`Remark of grade ${index + 1}`} value={band.remark} maxLength={60} onChange={(event) => change(band.key, { remark: event.target.value })} /></td>
                <td><button type="button" className="icon-button" aria-label={`Remove grade ${band.grade || index + 1}`} disabled={bands.length === 1} onClick={() => setBands((all) => all.filter((one) => one.key !== band.key))}><Trash2 size={16} aria-hidden="true" /></button></td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div><button type="button" className="button button-plain" disabled={bands.length >= 20} onClick={() => setBands((all) => [...all, { key: Math.max(...all.map((band) => band.key)) + 1, grade: "", from: "", remark: "" }])}><Plus size={15} aria-hidden="true" /> Add a grade</button></div>
      <label className="field"><span>Passed from %</span><input className="input narrow figures" inputMode="decimal" value={passes} onChange={(event) => setPasses(event.target.value.replace(",", "."))} /></label>
      {fault && <p className="field-error" role="alert">{fault}</p>}
      <div className="button-row">
        <button type="submit" className="button button-primary" disabled={proposal.busy || fault !== null}>{proposal.busy ? "Looking…" : "Preview the change"}</button>
        <button type="button" className="button button-plain" onClick={onClose}>Close</button>
      </div>
      <ProposalCard proposal={proposal} onDone={() => { void queries.invalidateQueries({ queryKey }); onClose(); }} />
    </form>
  );
}
