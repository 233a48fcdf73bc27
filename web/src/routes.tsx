/** Every page has an address; each page's code is loaded when it is first visited. */

import { lazy } from "react";
import { createBrowserRouter, Navigate } from "react-router";
import { AppShell } from "./shell/AppShell";
import { NotFoundPage, PageFailed } from "./pages/NotFoundPage";

const loadAssistant = () => import("./pages/AssistantPage");
const AssistantPage = lazy(loadAssistant);
// The page most people open is fetched while it is found out who they are.
if (/^\/($|c\/)/.test(window.location.pathname)) void loadAssistant().catch(() => undefined);
const ActivityPage = lazy(() => import("./audit/ActivityPage"));
const ApprovalsPage = lazy(() => import("./approvals/ApprovalsPage"));
const NotificationsPage = lazy(() => import("./notifications/NotificationsPage"));
const RunsPage = lazy(() => import("./runs/RunsPage"));
const SettingsPage = lazy(() => import("./settings/SettingsPage"));
const PhonesPage = lazy(() => import("./sandbox/PhonesPage"));

export const router = createBrowserRouter([
  {
    element: <AppShell />,
    errorElement: <PageFailed />,
    children: [
      {
        errorElement: <PageFailed />,
        children: [
          // One page for both addresses, so that the first message of a new conversation does not start it over.
          { element: <AssistantPage />, children: [{ path: "/", element: null }, { path: "/c/:conversationId", element: null }] },
          { path: "/approvals/:approvalId?", element: <ApprovalsPage /> },
          { path: "/runs/:runId?", element: <RunsPage /> },
          { path: "/activity", element: <ActivityPage /> },
          { path: "/notifications", element: <NotificationsPage /> },
          { path: "/settings/:section?", element: <SettingsPage /> },
          { path: "/phones/:number?", element: <PhonesPage /> },
          { path: "/sign-in", element: <Navigate to="/" replace /> },
          { path: "*", element: <NotFoundPage /> },
        ],
      },
    ],
  },
]);
