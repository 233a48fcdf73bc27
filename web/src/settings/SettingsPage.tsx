import { useParams } from "react-router";
import { TabbedPage } from "../shell/TabbedPage";
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
  return <TabbedPage title="Settings" path="/settings" open={useParams().section} all={all} />;
}
