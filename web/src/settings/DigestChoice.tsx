import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useId } from "react";
import { useApi } from "../api/ApiContext";
import { body } from "../api/client";
import { sentence } from "../api/problem";
import { Notice } from "../blocks/Notice";
import { weekdays } from "../messages/words";

type Often = "daily" | "weekly" | "off" | "default";
const queryKey = ["digest"];

/** How often the summary of absences, missing work and news comes to this person. */
export function DigestChoice() {
  const api = useApi();
  const queries = useQueryClient();
  const field = useId();
  const { data, error } = useQuery({ queryKey, queryFn: ({ signal }) => body(api.call.GET("/api/v1/digest", { signal })) });
  const choose = useMutation({
    mutationFn: (often: Often) => body(api.call.PUT("/api/v1/digest", { body: { often } })),
    onSettled: () => queries.invalidateQueries({ queryKey }),
  });
  if (error) return <Notice tone="danger">{sentence(error)}</Notice>;
  if (!data) return null;
  const { own, schoolSends, weekday, at } = data.setting;
  const rule = schoolSends ? `every ${weekdays[weekday] ?? ""} at ${at.slice(0, 5)}` : "no summary";
  return (
    <section className="panel stack-tight">
      <label className="section-title" htmlFor={field}>Summary</label>
      <p className="muted" id={`${field}-hint`}>Absences, missing work and news in one message instead of many.</p>
      <div>
        <select
          id={field} className="input" aria-describedby={`${field}-hint`} disabled={choose.isPending}
          value={choose.isPending ? choose.variables : (own ?? "default")} onChange={(event) => choose.mutate(event.target.value as Often)}
        >
          <option value="default">As the school does ({rule})</option>
          <option value="daily">Every day</option>
          <option value="weekly">Once a week</option>
          <option value="off">Never</option>
        </select>
      </div>
      <div role="status">{choose.error && <Notice tone="danger">{sentence(choose.error)}</Notice>}</div>
    </section>
  );
}
