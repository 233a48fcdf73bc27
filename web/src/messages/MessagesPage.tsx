/** How the school's messages read, by which channels they go, what was given up, and the accounts they go through. */

import "./messages.css";
import { useParams } from "react-router";
import { TabbedPage } from "../shell/TabbedPage";
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
  return <TabbedPage title="Messages" path="/messages" open={useParams().part} all={all} />;
}
