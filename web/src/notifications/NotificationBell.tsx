import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Bell } from "lucide-react";
import { useEffect } from "react";
import { NavLink } from "react-router";
import { useApi } from "../api/ApiContext";
import { body } from "../api/client";
import { subscribe } from "../api/eventStream";

export function useUnread(): number {
  const api = useApi();
  const { data } = useQuery({
    queryKey: ["unread"],
    queryFn: ({ signal }) => body(api.call.GET("/api/notifications/unread-count", { signal })),
    refetchInterval: 120_000,
  });
  return data?.count ?? 0;
}

/** Unread count, live; reading happens on the notifications page, which is linkable. */
export function NotificationBell() {
  const count = useUnread();
  return (
    <NavLink to="/notifications" className="icon-button bell" aria-label={count ? `Notifications, ${count} unread` : "Notifications"}>
      <Bell size={18} aria-hidden="true" />
      {count > 0 && <span className="bell-count" aria-hidden="true">{count > 99 ? "99+" : count}</span>}
    </NavLink>
  );
}

/** One stream for the whole portal, however many bells are shown. */
export function useNotificationStream(): void {
  const api = useApi();
  const queries = useQueryClient();
  useEffect(() => subscribe(api, "/api/notifications/stream", {
    onEvent: (name, data) => {
      if (name === "unread" && data && typeof data === "object" && "count" in data) queries.setQueryData(["unread"], data);
      if (name === "notification") {
        void queries.invalidateQueries({ queryKey: ["unread"] });
        void queries.invalidateQueries({ queryKey: ["notifications"] });
        void queries.invalidateQueries({ queryKey: ["approvals"] });
      }
    },
  }), [api, queries]);
}
