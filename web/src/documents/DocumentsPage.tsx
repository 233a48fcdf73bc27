/** The school's documents: the list with what can be added, or one document opened at a page. */

import { useParams } from "react-router";
import { DocumentList } from "./DocumentList";
import { DocumentView } from "./DocumentView";
import "./documents.css";

export default function DocumentsPage() {
  const { documentId } = useParams();
  return documentId ? <DocumentView key={documentId} documentId={documentId} /> : <DocumentList />;
}
