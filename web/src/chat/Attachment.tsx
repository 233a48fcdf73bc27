import { FileSpreadsheet, FileText } from "lucide-react";
import { useFormat } from "../design/format";

export function Attachment({ name = "Attached file", size }: { name?: string | undefined; size?: number | undefined }) {
  const format = useFormat();
  const Icon = /\.(xlsx?|csv|ods)$/i.test(name) ? FileSpreadsheet : FileText;
  return (
    <span className="attachment">
      <Icon size={18} aria-hidden="true" />
      <span className="attachment-name">{name}</span>
      {size ? <span className="muted">{format.fileSize(size)}</span> : null}
    </span>
  );
}
