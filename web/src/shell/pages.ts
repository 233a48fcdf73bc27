/** Every page of the portal, once, in the order of the sidebar. */

import { Activity, ArrowLeftRight, Banknote, Bell, BookOpen, CalendarDays, FileQuestion, FileText, History, Inbox, LayoutDashboard, Library, MessageCircle, MessagesSquare, Settings, ShieldAlert, ShieldCheck, Smartphone } from "lucide-react";
import type { PageGroup, PortalPage } from "./portalPage";

export const groupTitles: Record<Exclude<PageGroup, "main">, string> = { school: "School", records: "Records" };

export const pages: PortalPage[] = [
  { path: "/approvals/:approvalId?", label: "Approvals", icon: ShieldCheck, group: "main", count: "approvals", load: () => import("../approvals/ApprovalsPage") },
  { path: "/notifications", label: "Notifications", icon: Bell, group: "main", count: "unread", load: () => import("../notifications/NotificationsPage") },
  { path: "/inbox/:conversationId?", label: "Inbox", icon: Inbox, group: "main", permissions: ["inbox:read"], load: () => import("../inbox/InboxPage") },
  { path: "/dashboard/:view?/:id?", label: "Dashboard", icon: LayoutDashboard, group: "main", permissions: ["analytics:read"], load: () => import("../analytics/DashboardPage") },
  { path: "/timetables/:timetableId?", label: "Timetables", icon: CalendarDays, group: "school", permissions: ["timetables:read"], load: () => import("../timetables/TimetablesPage") },
  { path: "/reports/:part?", label: "Report cards", icon: FileText, group: "school", permissions: ["reports:read", "fees:write"], load: () => import("../reports/ReportsPage") },
  { path: "/fees", label: "Fees", icon: Banknote, group: "school", permissions: ["fees:write", "deliveries:write"], load: () => import("../fees/FeesPage") },
  { path: "/messages/:part?", label: "Messages", icon: MessagesSquare, group: "school", permissions: ["deliveries:read"], load: () => import("../messages/MessagesPage") },
  { path: "/import-export", label: "Import and export", icon: ArrowLeftRight, group: "records", permissions: ["records:import", "records:export", "scores:write"], load: () => import("../transfer/TransferPage") },
  { path: "/documents/:documentId?", label: "Documents", icon: Library, group: "school", permissions: ["documents:read"], load: () => import("../documents/DocumentsPage") },
  { path: "/curriculum", label: "Curriculum", icon: BookOpen, group: "school", permissions: ["documents:read"], load: () => import("../documents/CurriculumPage") },
  { path: "/question-papers", label: "Question papers", icon: FileQuestion, group: "school", permissions: ["documents:write"], load: () => import("../documents/QuestionPaperPage") },
  { path: "/early-warning/model", label: "Early warning model", icon: ShieldAlert, group: "records", permissions: ["analytics:read"], load: () => import("../analytics/ModelCardPage") },
  { path: "/runs/:runId?", label: "Runs", icon: Activity, group: "records", load: () => import("../runs/RunsPage") },
  { path: "/activity", label: "Activity", icon: History, group: "records", load: () => import("../audit/ActivityPage") },
  { path: "/phones/:number?", label: "Sandbox phones", icon: Smartphone, group: "records", sandbox: true, count: "phones", load: () => import("../sandbox/PhonesPage") },
  { path: "/settings/:section?", label: "Settings", icon: Settings, group: "records", load: () => import("../settings/SettingsPage") },
];

export const assistantPage = { to: "/", label: "Assistant", icon: MessageCircle };
