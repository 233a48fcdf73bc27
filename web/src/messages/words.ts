/** What messages are about, and the channels they go by, in the order pages show them. */

import type { components } from "../api/schema";

export type Template = components["schemas"]["Template"];
export type Matter = "results" | "attendance" | "notice" | "fees" | "report_card" | "timetable" | "warning" | "digest";
export type TemplateChannel = "sms" | "whatsapp" | "email" | "in_app";

export const matters: { matter: Matter; eventType: string; title: string }[] = [
  { matter: "results", eventType: "scores.published", title: "Results are published" },
  { matter: "attendance", eventType: "attendance.marked", title: "A child is absent or late" },
  { matter: "warning", eventType: "attendance.threshold", title: "Attendance crosses a line" },
  { matter: "fees", eventType: "fee.reminder", title: "Fees are due" },
  { matter: "report_card", eventType: "report.ready", title: "A report card is ready" },
  { matter: "timetable", eventType: "timetable.changed", title: "The timetable changes" },
  { matter: "notice", eventType: "notice.sent", title: "A notice is sent" },
  { matter: "digest", eventType: "digest", title: "Daily or weekly digest" },
];

export const channelTitles: Record<string, string> = { sms: "SMS", whatsapp: "WhatsApp", email: "E-mail", in_app: "Portal", push: "Push" };
export const templateChannels: TemplateChannel[] = ["sms", "whatsapp", "email", "in_app"];

/** As the server counts them, Monday first. */
export const weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
