/** A change asked for on a page: its exact preview first, then it is made once, or not at all. */

import { useMutation, useQuery } from "@tanstack/react-query";
import { Dialog } from "radix-ui";
import { useId, useState, type ReactNode } from "react";
import { sentence } from "../api/problem";
import type { ApprovalPreview } from "../api/types";
import { PreviewBody } from "../approvals/ApprovalCardView";
import { Notice } from "../blocks/Notice";
import { SkeletonLines } from "../design/Skeleton";

interface PreviewDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  action: string;
  danger?: boolean;
  /** The same call twice: with `true` it returns the preview, with `false` it is carried out. */
  ask: (preview: boolean) => Promise<{ data?: unknown }>;
  onDone: (answer: unknown) => void;
  /** Inputs that change what is asked; `version` names their values, and `ready` says whether they are complete. */
  children?: ReactNode;
  version?: string;
  ready?: boolean;
}

export function PreviewDialog({ open, onOpenChange, ...rest }: PreviewDialogProps) {
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Overlay className="dialog-veil" />
        <Dialog.Content className="dialog preview-dialog" aria-describedby={undefined}>
          <Asked {...rest} close={() => onOpenChange(false)} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Asked({ title, action, danger, ask, onDone, children, version = "", ready = true, close }: Omit<PreviewDialogProps, "open" | "onOpenChange"> & { close: () => void }) {
  const id = useId();
  const [key] = useState(() => crypto.randomUUID());
  const shown = useQuery({
    queryKey: ["preview", id, key, version], enabled: ready, gcTime: 0, retry: false,
    queryFn: async () => (await ask(true)).data as ApprovalPreview,
  });
  const done = useMutation({
    mutationFn: async () => (await ask(false)).data,
    onSuccess: (answer) => { onDone(answer); close(); },
  });
  const preview = shown.data;
  return (
    <>
      <Dialog.Title>{preview?.title ?? title}</Dialog.Title>
      {children}
      {ready && shown.isPending && <SkeletonLines lines={3} label="Working out what would happen" />}
      {shown.error && <Notice tone="danger">{sentence(shown.error)}</Notice>}
      {preview && (
        <div className="preview-dialog-body">
          {preview.summary && <p className="muted">{preview.summary}</p>}
          <PreviewBody card={{ preview }} />
        </div>
      )}
      {done.error && <Notice tone="danger">{sentence(done.error)}</Notice>}
      <div className="dialog-actions">
        <Dialog.Close className="button button-quiet">Close</Dialog.Close>
        <button type="button" className={`button ${danger ? "button-danger" : "button-primary"}`} disabled={!preview || !ready || done.isPending} onClick={() => done.mutate()}>
          {done.isPending ? "Working…" : action}
        </button>
      </div>
    </>
  );
}
