/** A page of the portal: its address, its place in the sidebar, who sees it, and where its code is. */

import type { LucideIcon } from "lucide-react";
import type { ComponentType } from "react";

export type PageGroup = "main" | "school" | "records";

export interface PortalPage {
  /** The router's pattern; the sidebar links to the part before the first parameter. */
  path: string;
  label: string;
  icon: LucideIcon;
  group: PageGroup;
  /** Any one of these rights shows the page. The server decides; the sidebar only hides what it would refuse. */
  permissions?: string[];
  count?: "approvals" | "unread" | "phones";
  /** Only where the sandbox's phones answer. */
  sandbox?: true;
  load: () => Promise<{ default: ComponentType }>;
}

export const linkTo = (page: PortalPage) => page.path.replace(/\/:.*$/, "");

export const mayOpen = (page: PortalPage, can: (permission: string) => boolean) => !page.permissions || page.permissions.some(can);
