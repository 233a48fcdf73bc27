import type { ReactNode } from "react";
import { Link, useRouteError } from "react-router";
import { sentence } from "../api/problem";
import { EmptyState } from "../design/EmptyState";
import { useSession } from "../session/SessionContext";
import { mayOpen, type PortalPage } from "../shell/portalPage";
import { useTitle } from "../shell/useTitle";

export function NotFoundPage() {
  useTitle("Not found");
  return <EmptyState heading="h1" title="There is no page here" text="The link may be old or mistyped." action={<Link className="button button-primary" to="/">Go to the assistant</Link>} />;
}

export function PageFailed() {
  const error = useRouteError();
  return (
    <EmptyState
      heading="h1" title="This page could not be shown" text={sentence(error)}
      action={<button type="button" className="button button-primary" onClick={() => window.location.reload()}>Load it again</button>}
    />
  );
}

/** The page, or for whom it is: a link from a colleague may lead where one's own role does not. */
export function Permitted({ page, children }: { page: PortalPage; children: ReactNode }) {
  const { can } = useSession();
  return mayOpen(page, can) ? children : <NotForYou label={page.label} />;
}

export function NotForYou({ label }: { label: string }) {
  useTitle(label);
  return (
    <EmptyState
      heading="h1" title={`${label} is not part of your role`} text="Ask the school's office if you need it. The assistant can tell you what you may do."
      action={<Link className="button button-primary" to="/">Go to the assistant</Link>}
    />
  );
}
