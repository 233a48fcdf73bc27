import { Tabs } from "radix-ui";
import { useNavigate, useParams } from "react-router";
import { useInSight } from "../design/useInSight";
import { useSession } from "../session/SessionContext";
import { useTitle } from "../shell/useTitle";
import { ApiKeys } from "./ApiKeys";
import { AssistantSettings } from "./AssistantSettings";
import { GradingSettings } from "./GradingSettings";
import { NotificationPreferences } from "./NotificationPreferences";
import { Profile } from "./Profile";
import { SchoolSettings } from "./SchoolSettings";
import { SecondApprovalSettings } from "./SecondApprovalSettings";
import { SlackSettings } from "./SlackSettings";
import { Webhooks } from "./Webhooks";

const all = [
  { id: "profile", title: "Profile", Section: Profile },
  { id: "notifications", title: "Notifications", Section: NotificationPreferences },
  { id: "school", title: "School", Section: SchoolSettings, permission: "school:write" },
  { id: "grading", title: "Grading", Section: GradingSettings, permission: "school:read" },
  { id: "approvals", title: "Second person", Section: SecondApprovalSettings, permission: "school:write" },
  { id: "assistant", title: "Assistant", Section: AssistantSettings, permission: "audit:read" },
  { id: "keys", title: "API keys", Section: ApiKeys, permission: "keys:write" },
  { id: "slack", title: "Slack", Section: SlackSettings, permission: "school:write" },
  { id: "webhooks", title: "Webhooks", Section: Webhooks, permission: "webhooks:read" },
];

export default function SettingsPage() {
  const { section = "profile" } = useParams();
  const { can } = useSession();
  const navigate = useNavigate();
  const sections = all.filter((one) => !one.permission || can(one.permission));
  const current = sections.find((one) => one.id === section) ?? sections[0];
  const list = useInSight<HTMLDivElement>(current?.id ?? "");
  useTitle(`Settings, ${current?.title.toLowerCase() ?? ""}`);
  return (
    <div className="page">
      <header className="page-head"><h1>Settings</h1></header>
      <Tabs.Root value={current?.id ?? "profile"} onValueChange={(value) => void navigate(`/settings/${value}`, { replace: true })} activationMode="manual">
        <Tabs.List ref={list} className="tabs" aria-label="Settings">
          {sections.map((one) => <Tabs.Trigger key={one.id} value={one.id} className="tab">{one.title}</Tabs.Trigger>)}
        </Tabs.List>
        {sections.map(({ id, Section }) => (
          <Tabs.Content key={id} value={id} className="tab-panel"><Section /></Tabs.Content>
        ))}
      </Tabs.Root>
    </div>
  );
}
