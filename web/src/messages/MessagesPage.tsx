/** How the school's messages read, by which channels they go, what was given up, and the accounts they go through. */

import "./messages.css";
import { Tabs } from "radix-ui";
import { useNavigate, useParams } from "react-router";
import { useInSight } from "../design/useInSight";
import { useSession } from "../session/SessionContext";
import { useTitle } from "../shell/useTitle";
import { ChannelTable } from "./ChannelTable";
import { Costs } from "./Costs";
import { GivenUp } from "./GivenUp";
import { ProviderAccounts } from "./ProviderAccounts";
import { Templates } from "./Templates";
import { Times } from "./Times";

const all = [
  { id: "words", title: "Words", Section: Templates },
  { id: "channels", title: "Channels", Section: ChannelTable },
  { id: "times", title: "Times", Section: Times },
  { id: "costs", title: "Costs", Section: Costs },
  { id: "given-up", title: "Given up", Section: GivenUp },
  { id: "accounts", title: "Accounts", Section: ProviderAccounts, permission: "school:write" },
];

export default function MessagesPage() {
  const { part = "words" } = useParams();
  const { can } = useSession();
  const navigate = useNavigate();
  const sections = all.filter((one) => !one.permission || can(one.permission));
  const current = sections.find((one) => one.id === part) ?? sections[0];
  const list = useInSight<HTMLDivElement>(current?.id ?? "");
  useTitle(`Messages, ${current?.title.toLowerCase() ?? ""}`);
  return (
    <div className="page">
      <header className="page-head"><h1>Messages</h1></header>
      <Tabs.Root value={current?.id ?? "words"} onValueChange={(value) => void navigate(`/messages/${value}`, { replace: true })} activationMode="manual">
        <Tabs.List ref={list} className="tabs" aria-label="Messages">
          {sections.map((one) => <Tabs.Trigger key={one.id} value={one.id} className="tab">{one.title}</Tabs.Trigger>)}
        </Tabs.List>
        {sections.map(({ id, Section }) => (
          <Tabs.Content key={id} value={id} className="tab-panel"><Section /></Tabs.Content>
        ))}
      </Tabs.Root>
    </div>
  );
}
