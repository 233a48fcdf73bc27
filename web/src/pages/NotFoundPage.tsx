import { Link, useRouteError } from "react-router";
import { sentence } from "../api/problem";
import { EmptyState } from "../design/EmptyState";
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
