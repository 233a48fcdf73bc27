/** What reaches this person, by kind of event and channel. A choice is saved as it is made. */

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useApi } from "../api/ApiContext";
import { body } from "../api/client";
import { sentence } from "../api/problem";
import type { NotificationPreference, Page } from "../api/types";
import { channelWords } from "../approvals/ApprovalCardView";
import { Notice } from "../blocks/Notice";
import { SkeletonLines } from "../design/Skeleton";
import { DigestChoice } from "./DigestChoice";

const queryKey = ["notification-preferences"];
type Choice = Pick<NotificationPreference, "eventType" | "channel"> & { enabled: boolean | null };

export function NotificationPreferences() {
  const api = useApi();
  const queries = useQueryClient();
  const { data, error, isPending } = useQuery({ queryKey, queryFn: ({ signal }) => body(api.call.GET("/api/notifications/preferences", { signal })) });
  const choose = useMutation({
    mutationFn: (items: Choice[]) => body(api.call.PUT("/api/notifications/preferences", { body: { items } })),
    onMutate: (items) => {
      const before = queries.getQueryData<Page<NotificationPreference>>(queryKey);
      queries.setQueryData<Page<NotificationPreference>>(queryKey, (now) => now && { ...now, items: now.items.map((one) => chosen(one, items)) });
      return { before };
    },
    onError: (_error, _items, context) => queries.setQueryData(queryKey, context?.before),
    onSuccess: (answer) => queries.setQueryData(queryKey, answer),
  });
  if (isPending) return <SkeletonLines lines={8} label="Loading your choices" />;
  if (error) return <Notice tone="info">{sentence(error)}</Notice>;
  const events = [...new Set(data.items.map((item) => item.eventType))];
  const channels = [...new Set(data.items.map((item) => item.channel))];
  const own = data.items.filter((item) => item.chosen);
  return (
    <div className="stack">
      <p className="muted">Where each kind of news reaches you. Boxes you have not touched follow the school's own rule.</p>
      {choose.error && <Notice tone="danger">{sentence(choose.error)}</Notice>}
      <div className="rows table-scroll preferences" tabIndex={0} role="group" aria-label="Notification choices">
        <table>
          <thead>
            <tr>
              <th scope="col">News</th>
              {channels.map((channel) => <th key={channel} scope="col" className="align-center">{channelTitle(channel)}</th>)}
            </tr>
          </thead>
          <tbody>
            {events.map((eventType) => (
              <tr key={eventType}>
                <th scope="row">{eventTitle(eventType)}</th>
                {channels.map((channel) => {
                  const item = data.items.find((one) => one.eventType === eventType && one.channel === channel);
                  return (
                    <td key={channel} className="align-center">
                      {item && (
                        <label className="preference-box">
                          <input type="checkbox" checked={item.enabled} onChange={(event) => choose.mutate([{ eventType, channel, enabled: event.target.checked }])} />
                          <span className="visually-hidden">{eventTitle(eventType)} by {channelTitle(channel)}</span>
                        </label>
                      )}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div>
        <button type="button" className="button button-quiet" disabled={own.length === 0} onClick={() => choose.mutate(own.map(({ eventType, channel }) => ({ eventType, channel, enabled: null })))}>
          Go back to the school's rule
        </button>
      </div>
      <DigestChoice />
    </div>
  );
}

function chosen(one: NotificationPreference, items: Choice[]): NotificationPreference {
  const choice = items.find((item) => item.eventType === one.eventType && item.channel === one.channel);
  return choice && choice.enabled !== null ? { ...one, enabled: choice.enabled, chosen: true } : one;
}

const eventWords: Record<string, string> = {
  "scores.published": "Scores are published", "attendance.marked": "A child is absent or late", "attendance.threshold": "Attendance falls too low",
  "fee.reminder": "Fees are due", "report.ready": "A report card is ready", "timetable.changed": "The timetable changes", "notice.sent": "The school sends a notice", digest: "The summary",
};
const eventTitle = (eventType: string) => eventWords[eventType] ?? eventType.replaceAll(/[._]/g, " ");
const channelTitle = (channel: string) => ({ in_app: "Portal", push: "Push", email: "E-mail" })[channel] ?? channelWords(channel);
