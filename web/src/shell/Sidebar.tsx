import { Activity, History, MessageCircle, ShieldCheck, Smartphone, SquarePen } from "lucide-react";
import { NavLink, useNavigate } from "react-router";
import { useQuery } from "@tanstack/react-query";
import { useApi } from "../api/ApiContext";
import { isProblem } from "../api/client";
import { cards } from "../approvals/cards";
import { ConversationList } from "../chat/ConversationList";
import { NotificationBell } from "../notifications/NotificationBell";
import { useSandboxPhones } from "../sandbox/useSandboxPhones";
import { useSession } from "../session/SessionContext";
import { AccountMenu } from "./AccountMenu";
import { SchoolCrest } from "./SchoolCrest";

export function Sidebar() {
  const { school } = useSession();
  const navigate = useNavigate();
  const approvals = usePendingApprovals();
  const phones = useSandboxPhones();
  const hasPhones = !(phones.error && isProblem(phones.error));
  const waiting = approvals.data?.items.length ?? 0;
  const unread = phones.data?.items.reduce((sum, phone) => sum + phone.unread, 0) ?? 0;
  return (
    <div className="sidebar">
      <div className="sidebar-school">
        <SchoolCrest />
        <span className="sidebar-school-name">{school.name}</span>
        <NotificationBell />
      </div>
      <button type="button" className="button button-primary button-wide" onClick={() => void navigate("/", { state: { fresh: Date.now() } })}>
        <SquarePen size={16} aria-hidden="true" /> New conversation
      </button>
      <nav aria-label="Pages" className="sidebar-nav">
        <NavLink to="/" end><MessageCircle size={17} aria-hidden="true" /> Assistant</NavLink>
        <NavLink to="/approvals"><ShieldCheck size={17} aria-hidden="true" /> Approvals <Count number={waiting} what="waiting for you" /></NavLink>
        <NavLink to="/runs"><Activity size={17} aria-hidden="true" /> Runs</NavLink>
        <NavLink to="/activity"><History size={17} aria-hidden="true" /> Activity</NavLink>
        {hasPhones && <NavLink to="/phones"><Smartphone size={17} aria-hidden="true" /> Sandbox phones <Count number={unread} what="unread" /></NavLink>}
      </nav>
      <ConversationList />
      <AccountMenu />
    </div>
  );
}

function Count({ number, what }: { number: number; what: string }) {
  if (number === 0) return null;
  return <span className="nav-count"><span aria-hidden="true">{number > 99 ? "99+" : number}</span><span className="visually-hidden">{number} {what}</span></span>;
}

export function usePendingApprovals() {
  const api = useApi();
  return useQuery({
    queryKey: ["approvals", "pending"],
    queryFn: ({ signal }) => cards(api.call.GET("/api/approvals", { params: { query: { status: "pending" } }, signal })),
    refetchInterval: 30_000,
  });
}
