/** Lists in and out: a file is previewed row by row before anything is saved, and taken back whole; records leave as a file. */

import { useSession } from "../session/SessionContext";
import { useTitle } from "../shell/useTitle";
import { ExportForm } from "./ExportForm";
import { ImportForm } from "./ImportForm";
import { ImportHistory } from "./ImportHistory";
import { importKinds } from "./importKinds";

export default function TransferPage() {
  useTitle("Import and export");
  const { can } = useSession();
  const kinds = importKinds.filter((kind) => can(kind.permission));
  return (
    <div className="page">
      <header className="page-head">
        <h1>Import and export</h1>
        <p className="muted">A file is shown row by row before anything is saved, and every import can be taken back.</p>
      </header>
      {kinds.length > 0 && <ImportForm kinds={kinds} />}
      {can("records:export") && <ExportForm />}
      {kinds.length > 0 && <ImportHistory />}
    </div>
  );
}
