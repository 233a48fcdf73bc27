/** Every page has an address; each page's code is loaded when it is first visited. */

import { lazy } from "react";
import { createBrowserRouter, Navigate } from "react-router";
import { AppShell } from "./shell/AppShell";
import { NotFoundPage, PageFailed } from "./pages/NotFoundPage";

const AssistantPage = lazy(() => import("./pages/AssistantPage"));
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
          { path: "/phones/:number?", element: <PhonesPage /> },
          { path: "/sign-in", element: <Navigate to="/" replace /> },
          { path: "*", element: <NotFoundPage /> },
        ],
      },
    ],
  },
]);
