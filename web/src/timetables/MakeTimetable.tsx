/** Ask for a new draft: from the school's record, or from the locked lessons of a timetable there is. */

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useApi } from "../api/ApiContext";
import { isProblem } from "../api/client";
import { sentence } from "../api/problem";
import type { components } from "../api/schema";
import { Notice } from "../blocks/Notice";

type Item = components["schemas"]["TimetableItem"];
type Job = components["schemas"]["TimetableJob"];

export function MakeTimetable({ timetables, onBegun }: { timetables: Item[]; onBegun: (jobId: string) => void }) {
  const api = useApi();
  const queries = useQueryClient();
  const [from, setFrom] = useState("");
  const make = useMutation({
    mutationFn: async (form: FormData) => {
      const asked = { name: text(form, "name") || "Timetable", seconds: Number(text(form, "seconds")), seed: 1 + Math.floor(Math.random() * 1_000_000) };
      const { data } = await api.call.POST("/api/timetable/generate", { body: { ...asked, ...(from ? { keepLockedOf: from } : {}) } });
      return data as Job;
    },
    onSuccess: (job) => onBegun(job.jobId),
    onSettled: () => queries.invalidateQueries({ queryKey: ["timetables"] }),
  });
  const whole = timetables.filter((one) => one.state === "draft" || one.state === "published");
  return (
    <form className="panel make-timetable" onSubmit={(event) => { event.preventDefault(); make.mutate(new FormData(event.currentTarget)); }}>
      <label className="field"><span>Name</span><input className="input" name="name" maxLength={100} defaultValue="New timetable" required /></label>
      <label className="field">
        <span>Begin from</span>
        <select className="input" value={from} onChange={(event) => setFrom(event.target.value)}>
          <option value="">Who teaches what, and the school's wishes</option>
          {whole.map((one) => <option key={one.timetableId} value={one.timetableId}>{one.name}, keeping its locked lessons</option>)}
        </select>
      </label>
      <label className="field">
        <span>Time to look for a better one</span>
        <select className="input" name="seconds" defaultValue="30">
          <option value="10">10 seconds</option><option value="30">30 seconds</option><option value="120">2 minutes</option><option value="600">10 minutes</option>
        </select>
      </label>
      <button type="submit" className="button button-primary" disabled={make.isPending}>{make.isPending ? "Checking…" : "Make a draft"}</button>
      {make.error && (
        <Notice tone="danger">
          {sentence(make.error)}
          {isProblem(make.error) && (make.error.details.errors?.length ?? 0) > 1 && <ul>{make.error.details.errors?.slice(0, 8).map((one, at) => <li key={at}>{one.message ?? one.what}</li>)}</ul>}
        </Notice>
      )}
    </form>
  );
}

const text = (form: FormData, name: string) => { const value = form.get(name); return typeof value === "string" ? value.trim() : ""; };
