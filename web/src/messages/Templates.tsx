/** The words of each message, per channel and language, tried on a sample child while they are typed. */

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useApi } from "../api/ApiContext";
import { body } from "../api/client";
import { sentence } from "../api/problem";
import { Notice } from "../blocks/Notice";
import { SkeletonLines } from "../design/Skeleton";
import { useSession } from "../session/SessionContext";
import { TemplateEditor } from "./TemplateEditor";
import { channelTitles, matters, templateChannels, type Matter, type TemplateChannel } from "./words";

const queryKey = ["message-templates"];
const languages = ["en", "fr", "yo", "ha", "ig"];

export function Templates() {
  const api = useApi();
  const { can } = useSession();
  const queries = useQueryClient();
  const [matter, setMatter] = useState<Matter>("results");
  const [channel, setChannel] = useState<TemplateChannel>("sms");
  const [language, setLanguage] = useState("en");
  const list = useQuery({ queryKey, queryFn: ({ signal }) => body(api.call.GET("/api/v1/message-templates", { signal })) });
  if (list.isPending) return <SkeletonLines lines={6} label="Loading the words" />;
  if (list.error) return <Notice tone="danger">{sentence(list.error)}</Notice>;
  const eventType = matters.find((one) => one.matter === matter)?.eventType;
  const fitting = list.data.items.filter((one) => one.eventType === eventType && one.channel === channel);
  const template = fitting.find((one) => one.language === language) ?? fitting.find((one) => one.language === "en");
  return (
    <div className="stack">
      <p className="muted">A text message names the child and the matter, never a mark or a sum: whoever holds the phone can read it.</p>
      <div className="message-choice">
        <label className="field"><span>Message</span>
          <select className="input" value={matter} onChange={(event) => setMatter(event.target.value as Matter)}>
            {matters.map((one) => <option key={one.matter} value={one.matter}>{one.title}</option>)}
          </select>
        </label>
        <label className="field"><span>Channel</span>
          <select className="input" value={channel} onChange={(event) => setChannel(event.target.value as TemplateChannel)}>
            {templateChannels.map((one) => <option key={one} value={one}>{channelTitles[one]}</option>)}
          </select>
        </label>
        <label className="field"><span>Language</span>
          <select className="input" value={language} onChange={(event) => setLanguage(event.target.value)}>
            {languages.map((one) => <option key={one} value={one}>{new Intl.DisplayNames(["en"], { type: "language" }).of(one)}</option>)}
          </select>
        </label>
      </div>
      {template && (
        <TemplateEditor
          key={`${matter} ${channel} ${language} ${template.body}`}
          matter={matter} channel={channel} language={language} template={template} editable={can("deliveries:write")}
          onKept={() => void queries.invalidateQueries({ queryKey })}
        />
      )}
    </div>
  );
}
