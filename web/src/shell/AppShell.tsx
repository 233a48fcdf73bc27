/** The frame of every page: sidebar on a desk, drawer on a phone, the page's own room beside it. */

import { Dialog } from "radix-ui";
import { Menu, X } from "lucide-react";
import { Suspense, useEffect, useState } from "react";
import { Outlet, useLocation } from "react-router";
import { SkeletonLines } from "../design/Skeleton";
import { NotificationBell, useNotificationStream } from "../notifications/NotificationBell";
import { useSession } from "../session/SessionContext";
import { OfflineBanner } from "./OfflineBanner";
import { Sidebar } from "./Sidebar";

export function AppShell() {
  const { school } = useSession();
  const [open, setOpen] = useState(false);
  useNotificationStream();
  const location = useLocation();
  useEffect(() => setOpen(false), [location.pathname]);

  return (
    <div className="shell">
      <a className="skip-link" href="#main">Skip to the page</a>
      <aside className="shell-side"><Sidebar /></aside>
      <header className="shell-bar">
        <Dialog.Root open={open} onOpenChange={setOpen}>
          <Dialog.Trigger asChild>
            <button type="button" className="icon-button" aria-label="Open the menu"><Menu size={20} aria-hidden="true" /></button>
          </Dialog.Trigger>
          <Dialog.Portal>
            <Dialog.Overlay className="drawer-veil" />
            <Dialog.Content className="drawer" aria-describedby={undefined}>
              <Dialog.Title className="visually-hidden">Menu</Dialog.Title>
              <Dialog.Close asChild>
                <button type="button" className="icon-button drawer-close" aria-label="Close the menu"><X size={20} aria-hidden="true" /></button>
              </Dialog.Close>
              <Sidebar />
            </Dialog.Content>
          </Dialog.Portal>
        </Dialog.Root>
        <span className="shell-bar-title">{school.name}</span>
        <NotificationBell />
      </header>
      <main id="main" className="shell-main" tabIndex={-1}>
        <OfflineBanner />
        <Suspense fallback={<div className="page"><SkeletonLines lines={6} /></div>}>
          <Outlet />
        </Suspense>
      </main>
    </div>
  );
}
