/** What the school is called and how it looks: name, motto, contacts, colour, logo, time zone. Previewed, undoable. */

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { useApi } from "../api/ApiContext";
import { body } from "../api/client";
import { sentence } from "../api/problem";
import type { components } from "../api/schema";
import { ProposalCard } from "../approvals/ProposalCard";
import { useProposal } from "../approvals/useProposal";
import { Notice } from "../blocks/Notice";
import { FileButton } from "../design/FileButton";
import { SkeletonLines } from "../design/Skeleton";
import { useSession } from "../session/SessionContext";
import { SchoolCrest } from "../shell/SchoolCrest";

type Details = components["schemas"]["SchoolDetails"];
const fields = ["name", "motto", "address", "phone", "email", "colour", "timeZone", "locale", "currency"] as const;
const queryKey = ["school"];

export function SchoolSettings() {
  const api = useApi();
  const { data, error, isPending } = useQuery({ queryKey, queryFn: ({ signal }) => body(api.call.GET("/api/v1/school", { signal })) });
  if (isPending) return <SkeletonLines lines={8} label="Loading the school" />;
  if (error) return <Notice tone="danger">{sentence(error)}</Notice>;
  return <div className="stack"><Logo has={Boolean(data.logoUrl)} /><DetailsForm key={JSON.stringify(data)} details={data} /></div>;
}

function useAfterChange() {
  const queries = useQueryClient();
  const { refresh } = useSession();
  return () => { void queries.invalidateQueries({ queryKey }); void refresh(); };
}

function Logo({ has }: { has: boolean }) {
  const proposal = useProposal();
  const done = useAfterChange();
  return (
    <section className="panel stack-tight" aria-label="Logo">
      <div className="profile">
        <SchoolCrest />
        <div className="profile-words">
          <h2>Logo</h2>
          <p className="muted">A PNG, JPEG or WebP picture of at most 1 MB. Square pictures look best.</p>
        </div>
        <div className="button-row">
          <FileButton label={has ? "Change the logo" : "Upload a logo"} accept="image/png,image/jpeg,image/webp" onUploaded={(file) => proposal.propose("set_school_logo", { file: file.fileId })} />
          {has && <button type="button" className="button button-plain" disabled={proposal.busy} onClick={() => proposal.propose("set_school_logo", {})}>Remove</button>}
        </div>
      </div>
      <ProposalCard proposal={proposal} onDone={done} />
    </section>
  );
}

function DetailsForm({ details }: { details: Details }) {
  const proposal = useProposal();
  const done = useAfterChange();
  const [colour, setColour] = useState(details.colour);
  const [same, setSame] = useState(false);
  const zones = typeof Intl.supportedValuesOf === "function" ? Intl.supportedValuesOf("timeZone") : [];

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const changed = fields.flatMap((field) => {
      const value = form.get(field);
      return typeof value === "string" && value.trim() !== details[field] ? [[field, value.trim()]] : [];
    });
    setSame(changed.length === 0);
    if (changed.length > 0) proposal.propose("set_school_details", Object.fromEntries(changed) as Record<string, string>);
  }

  return (
    <form className="panel stack" onSubmit={submit}>
      <h2 className="section-title">Details</h2>
      <Field label="Name" name="name" value={details.name} required maxLength={200} />
      <Field label="Motto" name="motto" value={details.motto} maxLength={200} />
      <Field label="Address" name="address" value={details.address} maxLength={200} />
      <div className="field-row">
        <Field label="Phone" name="phone" value={details.phone} inputMode="tel" hint="With the country, such as +2348012345678" />
        <Field label="E-mail" name="email" value={details.email} inputMode="email" />
      </div>
      <div className="field-row">
        <div className="field">
          <label className="field-label" htmlFor="school-colour">Colour</label>
          <span className="colour-field">
            <input type="color" aria-label="Pick the colour" value={/^#[0-9a-f]{6}$/i.test(colour) ? colour : "#000000"} onChange={(event) => setColour(event.target.value)} />
            <input id="school-colour" className="input" name="colour" required value={colour} onChange={(event) => setColour(event.target.value)} pattern="#[0-9A-Fa-f]{6}" title="#rrggbb, such as #1f4f8f" />
          </span>
        </div>
        <Field label="Time zone" name="timeZone" value={details.timeZone} required list="time-zones" />
        <datalist id="time-zones">{zones.map((zone) => <option key={zone} value={zone} />)}</datalist>
      </div>
      <div className="field-row">
        <Field label="Locale" name="locale" value={details.locale} required hint="How numbers and dates are written, such as en-NG" />
        <Field label="Currency" name="currency" value={details.currency} required maxLength={3} hint="Three letters, such as NGN" />
      </div>
      {same && <Notice tone="info">Nothing is different from what is kept.</Notice>}
      <div><button type="submit" className="button button-primary" disabled={proposal.busy}>{proposal.busy ? "Looking…" : "Preview the change"}</button></div>
      <ProposalCard proposal={proposal} onDone={done} />
    </form>
  );
}

interface FieldProps { label: string; name: string; value: string; hint?: string; required?: boolean; maxLength?: number; list?: string; inputMode?: "tel" | "email" }

function Field({ label, value, hint, ...input }: FieldProps) {
  return (
    <label className="field">
      <span>{label}</span>
      <input className="input" defaultValue={value} autoComplete="off" {...input} />
      {hint && <span className="field-hint">{hint}</span>}
    </label>
  );
}
