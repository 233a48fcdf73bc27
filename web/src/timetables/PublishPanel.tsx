/** Publish a draft: from which day, who is told; carried out when the card is approved. */

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Send } from "lucide-react";
import { useState } from "react";
import { useApi } from "../api/ApiContext";
import { sentence } from "../api/problem";
import { ApprovalCardView } from "../approvals/ApprovalCardView";
import { card } from "../approvals/cards";
import { Notice } from "../blocks/Notice";
import type { Grid } from "./week";

export function PublishPanel({ grid }: { grid: Grid }) {
  const api = useApi();
  const queries = useQueryClient();
  const [startsOn, setStartsOn] = useState("");
  const propose = useMutation({
    mutationFn: () => card(api.call.POST("/api/approvals", { body: { capability: "publish_timetable", arguments: { timetable: grid.timetableId, ...(startsOn ? { startsOn } : {}) } } })),
    onSettled: () => queries.invalidateQueries({ queryKey: ["approvals"] }),
  });
  const decided = () => {
    void queries.invalidateQueries({ queryKey: ["timetable"] });
    void queries.invalidateQueries({ queryKey: ["timetables"] });
  };
  if (propose.data) return <ApprovalCardView key={propose.data.id} card={propose.data} onDecided={decided} />;
  return (
    <form className="publish" onSubmit={(event) => { event.preventDefault(); propose.mutate(); }}>
      <label className="field">
        <span>In force from</span>
        <input className="input" type="date" value={startsOn} onChange={(event) => setStartsOn(event.target.value)} aria-describedby="publish-hint" />
      </label>
      <button type="submit" className="button button-primary" disabled={propose.isPending}><Send size={15} aria-hidden="true" /> {propose.isPending ? "Preparing…" : "Publish…"}</button>
      <p className="field-hint" id="publish-hint">Empty means today. You see who is told before anything is sent.</p>
      {propose.error && <Notice tone="danger">{sentence(propose.error)}</Notice>}
    </form>
  );
}
