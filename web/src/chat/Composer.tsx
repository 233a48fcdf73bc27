/** Where the person writes: grows with the text, takes files by button, drop and paste. */

import { ArrowUp, Paperclip, Square, X } from "lucide-react";
import { useEffect, useImperativeHandle, useLayoutEffect, useRef, useState, type Ref } from "react";
import type { UploadedFile } from "../api/types";
import { useFormat } from "../design/format";
import { useUploads, type Upload } from "./uploads";

export interface ComposerControl { take: (text: string, files?: UploadedFile[]) => void; addFiles: (files: Iterable<File>) => void; focus: () => void }

interface ComposerProps {
  busy: boolean;
  draftKey: string;
  placeholder: string;
  onSend: (text: string, files: UploadedFile[]) => void;
  onStop: () => void;
  control: Ref<ComposerControl>;
}

const longest = 20_000;
const mostFiles = 10;

export function Composer({ busy, draftKey, placeholder, onSend, onStop, control }: ComposerProps) {
  const format = useFormat();
  const [text, setText] = useState(() => readDraft(draftKey));
  const { uploads, add, adopt, remove, clear } = useUploads();
  const box = useRef<HTMLTextAreaElement>(null);
  const picker = useRef<HTMLInputElement>(null);
  const uploading = uploads.some((upload) => !upload.file && !upload.error);
  const files = uploads.flatMap((upload) => (upload.file ? [upload.file] : []));
  const tooLong = text.length > longest;
  const tooMany = files.length > mostFiles;
  const canSend = (text.trim() !== "" || files.length > 0) && !uploading && !tooLong && !tooMany;

  useImperativeHandle(control, () => ({
    take: (words, files) => { setText(words); if (files) adopt(files); box.current?.focus(); },
    addFiles: add,
    focus: () => box.current?.focus(),
  }), [add, adopt]);
  useLayoutEffect(() => {
    const area = box.current;
    if (!area) return;
    area.style.height = "auto";
    area.style.height = `${Math.min(area.scrollHeight, 240)}px`;
  }, [text]);
  useEffect(() => keepDraft(draftKey, text), [draftKey, text]);

  function send() {
    if (!canSend) return;
    onSend(text.trim(), files);
    setText("");
    clear();
    box.current?.focus();
  }

  return (
    <form className="composer" onSubmit={(event) => { event.preventDefault(); send(); }}>
      {uploads.length > 0 && (
        <ul className="uploads" aria-label="Files to send">
          {uploads.map((upload) => <UploadRow key={upload.key} upload={upload} onRemove={() => remove(upload.key)} />)}
        </ul>
      )}
      <textarea
        ref={box} rows={1} value={text} placeholder={placeholder} aria-label="Message" aria-describedby={tooLong ? "too-long" : undefined}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter" && !event.shiftKey && !event.nativeEvent.isComposing) { event.preventDefault(); send(); }
        }}
        onPaste={(event) => {
          if (event.clipboardData.files.length > 0) { event.preventDefault(); add(event.clipboardData.files); }
        }}
      />
      {tooLong && <p id="too-long" className="field-error">This is {format.number(text.length)} characters; at most {format.number(longest)} fit. Put it in a file instead.</p>}
      {tooMany && <p className="field-error">At most {mostFiles} files go with one message; remove {files.length - mostFiles}.</p>}
      <div className="composer-row">
        <input
          ref={picker} type="file" multiple hidden aria-label="Choose files" tabIndex={-1}
          onChange={(event) => { if (event.target.files) add(event.target.files); event.target.value = ""; }}
        />
        <button type="button" className="icon-button" aria-label="Attach a file" title="Attach a file" onClick={() => picker.current?.click()}>
          <Paperclip size={18} aria-hidden="true" />
        </button>
        <span className="composer-hint muted" aria-hidden="true">Enter to send, Shift + Enter for a new line</span>
        {busy && (
          <button type="button" className="button button-quiet" onClick={onStop}>
            <Square size={13} fill="currentColor" aria-hidden="true" /> Stop
          </button>
        )}
        <button type="submit" className="send-button" disabled={!canSend} aria-label="Send" title={uploading ? "The file is still on its way" : "Send"}>
          <ArrowUp size={18} aria-hidden="true" />
        </button>
      </div>
    </form>
  );
}

function UploadRow({ upload, onRemove }: { upload: Upload; onRemove: () => void }) {
  const format = useFormat();
  return (
    <li className={upload.error ? "upload upload-failed" : "upload"}>
      <span className="upload-name">{upload.name}</span>
      <span className={upload.error ? "upload-error" : "muted"} role={upload.error ? "alert" : undefined}>
        {upload.error ?? (upload.file ? format.fileSize(upload.size) : `${Math.round(upload.progress * 100)}%`)}
      </span>
      {!upload.file && !upload.error && <progress value={upload.progress} max={1} aria-label={`Uploading ${upload.name}`} />}
      <button type="button" className="icon-button" aria-label={`Remove ${upload.name}`} onClick={onRemove}><X size={15} aria-hidden="true" /></button>
    </li>
  );
}

function readDraft(key: string): string {
  try {
    return sessionStorage.getItem(key) ?? "";
  } catch {
    return "";
  }
}

function keepDraft(key: string, text: string): void {
  try {
    if (text) sessionStorage.setItem(key, text);
    else sessionStorage.removeItem(key);
  } catch {
    // Without a store a draft lives as long as the page.
  }
}
