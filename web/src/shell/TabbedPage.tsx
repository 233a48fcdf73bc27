import { Tabs } from "radix-ui";
import type { ComponentType } from "react";
import { useNavigate } from "react-router";
import { useInSight } from "../design/useInSight";
import { useSession } from "../session/SessionContext";
import { useTitle } from "./useTitle";

export interface Section {
  id: string;
  title: string;
  Section: ComponentType;
  permission?: string;
}

interface TabbedPageProps {
  title: string;
  /** Where the page lies; each tab lies below it. */
  path: string;
  open: string | undefined;
  all: Section[];
}

/** A page of tabs, each with an address of its own, and only those the reader may open. */
export function TabbedPage({ title, path, open, all }: TabbedPageProps) {
  const { can } = useSession();
  const navigate = useNavigate();
  const sections = all.filter((one) => !one.permission || can(one.permission));
  const current = sections.find((one) => one.id === open) ?? sections[0];
  const list = useInSight<HTMLDivElement>(current?.id ?? "");
  useTitle(`${title}, ${current?.title.toLowerCase() ?? ""}`);
  return (
    <div className="page">
      <header className="page-head"><h1>{title}</h1></header>
      <Tabs.Root value={current?.id ?? ""} onValueChange={(value) => void navigate(`${path}/${value}`, { replace: true })} activationMode="manual">
        <Tabs.List ref={list} className="tabs" aria-label={title}>
          {sections.map((one) => <Tabs.Trigger key={one.id} value={one.id} className="tab">{one.title}</Tabs.Trigger>)}
        </Tabs.List>
        {sections.map(({ id, Section }) => (
          <Tabs.Content key={id} value={id} className="tab-panel"><Section /></Tabs.Content>
        ))}
      </Tabs.Root>
    </div>
  );
}
