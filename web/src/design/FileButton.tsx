import { Upload } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useUploads } from "../chat/uploads";
import type { UploadedFile } from "../api/types";

interface FileButtonProps { label: string; accept: string; primary?: boolean; onUploaded: (file: UploadedFile) => void }

/** One file, uploaded as soon as it is chosen, with its progress in the button. */
export function FileButton({ label, accept, primary = false, onUploaded }: FileButtonProps) {
  const picker = useRef<HTMLInputElement>(null);
  const { uploads, add, remove } = useUploads();
  const [taken, setTaken] = useState<string | null>(null);
  const upload = uploads.at(-1);
  const under = upload && !upload.file && !upload.error;
  useEffect(() => {
    if (!upload?.file || taken === upload.key) return;
    setTaken(upload.key);
    onUploaded(upload.file);
  }, [onUploaded, taken, upload]);
  return (
    <span className="file-button">
      <input
        ref={picker} type="file" hidden accept={accept} aria-label={label} tabIndex={-1}
        onChange={(event) => {
          if (event.target.files) { uploads.forEach((one) => remove(one.key)); add(event.target.files); }
          event.target.value = "";
        }}
      />
      <button type="button" className={primary ? "button button-primary" : "button"} disabled={Boolean(under)} onClick={() => picker.current?.click()}>
        <Upload size={15} aria-hidden="true" /> {under ? `Uploading ${Math.round(upload.progress * 100)}%` : label}
      </button>
      {upload?.error && <span className="field-error" role="alert">{upload.error}</span>}
    </span>
  );
}
