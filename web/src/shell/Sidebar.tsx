import { SquarePen } from "lucide-react";
import { useEffect, useState, type ReactNode } from "react";
import { NavLink, useLocation, useNavigate } from "react-router";
import { isProblem } from "../api/client";
import { usePendingApprovals } from "../approvals/usePendingApprovals";
import { ConversationList } from "../chat/ConversationList";
import { useUnread } from "../notifications/NotificationBell";
import { useSandboxPhones } from "../sandbox/useSandboxPhones";
import { useSession } from "../session/SessionContext";
import { AccountMenu } from "./AccountMenu";
import { assistantPage, groupTitles, pages } from "./pages";
import { linkTo, mayOpen, type PageGroup, type PortalPage } from "./portalPage";
import { SchoolCrest } from "./SchoolCrest";

export function Sidebar() {
  const { school } = useSession();
  const navigate = useNavigate();
  return (
    <div className="sidebar">
      <div className="sidebar-school">
        <SchoolCrest />
        <span className="sidebar-school-name">{school.name}</span>
      </div>
      <button type="button" className="button button-primary button-wide" onClick={() => void navigate("/", { state: { fresh: Date.now() } })}>
        <SquarePen size={16} aria-hidden="true" /> New conversation
      </button>
      <div className="sidebar-scroll">
        <Pages />
        <ConversationList />
      </div>
      <AccountMenu />
    </div>
  );
}

function Pages() {
  const { can } = useSession();
  const approvals = usePendingApprovals();
  const unread = useUnread();
  const phones = useSandboxPhones(useSettled());
  const hasPhones = !(phones.error && isProblem(phones.error));
  const counts: Record<NonNullable<PortalPage["count"]>, [number, string]> = {
    approvals: [approvals.data?.items.length ?? 0, "waiting for you"],
    unread: [unread, "unread"],
    phones: [phones.data?.items.reduce((sum, phone) => sum + phone.unread, 0) ?? 0, "unread"],
  };
  const shown = pages.filter((page) => mayOpen(page, can) && (!page.sandbox || hasPhones));
  const links = (group: PageGroup) => shown.filter((page) => page.group === group).map((page) => (
    <li key={page.path}>
      <NavLink to={linkTo(page)}>
        <page.icon size={17} aria-hidden="true" /> <span className="nav-label">{page.label}</span> {page.count && <Count number={counts[page.count][0]} what={counts[page.count][1]} />}
      </NavLink>
    </li>
  ));
  return (
    <nav aria-label="Pages" className="sidebar-nav">
      <ul>
        <li><NavLink to={assistantPage.to} end><assistantPage.icon size={17} aria-hidden="true" /> <span className="nav-label">{assistantPage.label}</span></NavLink></li>
        {links("main")}
      </ul>
      {(Object.keys(groupTitles) as (keyof typeof groupTitles)[]).map((group) => (
        <Group key={group} group={group} paths={shown.filter((page) => page.group === group).map(linkTo)}>{links(group)}</Group>
      ))}
    </nav>
  );
}

/** False until the page has come to rest: a list of hundreds of phones need not be read before one can type. */
function useSettled(): boolean {
  const [settled, setSettled] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(true), 2000);
    return () => clearTimeout(timer);
  }, []);
  return settled;
}

/** A group folds away and stays so on this device; the page one is on is always in sight. */
function Group({ group, paths, children }: { group: keyof typeof groupTitles; paths: string[]; children: ReactNode[] }) {
  const key = `schoolos.sidebar.${group}`;
  const here = useLocation().pathname;
  const [open, setOpen] = useState(() => readOpen(key, group));
  const inside = paths.some((path) => here === path || here.startsWith(`${path}/`));
  if (paths.length === 0) return null;
  return (
    <details
      className="nav-group" open={open || inside}
      onToggle={(event) => {
        if (inside) return;
        setOpen(event.currentTarget.open);
        keepOpen(key, event.currentTarget.open);
      }}
    >
      <summary>{groupTitles[group]}</summary>
      <ul>{children}</ul>
    </details>
  );
}

/** The records are needed less often than the conversations below them: they begin folded. */
function readOpen(key: string, group: keyof typeof groupTitles): boolean {
  try {
    return (localStorage.getItem(key) ?? (group === "records" ? "closed" : "open")) !== "closed";
  } catch {
    return group !== "records";
  }
}

function keepOpen(key: string, open: boolean): void {
  try {
    localStorage.setItem(key, open ? "open" : "closed");
  } catch {
    // Without a store the groups are as they were at first.
  }
}

function Count({ number, what }: { number: number; what: string }) {
  if (number === 0) return null;
  return <span className="nav-count"><span aria-hidden="true">{number > 99 ? "99+" : number}</span><span className="visually-hidden">{number} {what}</span></span>;
}
