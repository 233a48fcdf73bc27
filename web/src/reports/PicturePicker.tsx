import { useMutation } from "@tanstack/react-query";
import { useId, useState } from "react";
import { useApi } from "../api/ApiContext";
import { sentence } from "../api/problem";
import type { UploadedFile } from "../api/types";
import { Notice } from "../blocks/Notice";

interface PicturePickerProps { kind: "logo" | "principal_signature" | "teacher_signature"; label: string; there: boolean; onDone: () => void }

/** Upload a picture and print it from now on; what cannot be printed is refused with the reason. */
export function PicturePicker({ kind, label, there, onDone }: PicturePickerProps) {
  const api = useApi();
  const id = useId();
  const [staff, setStaff] = useState("");
  const [done, setDone] = useState("");
  const whose = kind === "teacher_signature";
  const set = useMutation({
    mutationFn: async (file: File | null) => {
      setDone("");
      let fileId: string | null = null;
      if (file) {
        const form = new FormData();
        form.set("file", file);
        fileId = ((await (await api.fetch("/api/uploads", { method: "POST", body: form })).json()) as UploadedFile).fileId;
      }
      const { data } = await api.call.PUT("/api/reports/options/pictures/{kind}", { params: { path: { kind } }, body: { fileId, ...(whose ? { staff } : {}) } });
      return data as { message: string };
    },
    onSuccess: (answer) => { setDone(answer.message); onDone(); },
  });
  const ready = !whose || staff.trim().length > 1;
  return (
    <div className="picture">
      <span className="field-label" id={id}>{label}</span>
      {whose && <input className="input" aria-label="Class teacher" placeholder="Class teacher’s name" maxLength={200} value={staff} onChange={(event) => setStaff(event.target.value)} />}
      <span className="picture-tools">
        <label className={`button${ready && !set.isPending ? "" : " picture-wait"}`}>
          {set.isPending ? "Sending…" : there ? "Replace" : "Choose a file"}
          <input
            className="visually-hidden" type="file" accept="image/png,image/jpeg,image/webp" aria-labelledby={id} disabled={!ready || set.isPending}
            onChange={(event) => { const file = event.target.files?.[0]; event.target.value = ""; if (file) set.mutate(file); }}
          />
        </label>
        {there && <button type="button" className="button button-plain" disabled={set.isPending} onClick={() => set.mutate(null)} aria-label={`Remove: ${label}`}>Remove</button>}
      </span>
      {set.error && <Notice tone="danger">{sentence(set.error)}</Notice>}
      <span className="muted picture-done" role="status">{done}</span>
    </div>
  );
}
