import { AlertDialog } from "radix-ui";

interface ConfirmProps {
  open: boolean; onOpenChange: (open: boolean) => void; title: string; text: string; action: string; onConfirm: () => void;
}

export function ConfirmDialog({ open, onOpenChange, title, text, action, onConfirm }: ConfirmProps) {
  return (
    <AlertDialog.Root open={open} onOpenChange={onOpenChange}>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className="dialog-veil" />
        <AlertDialog.Content className="dialog">
          <AlertDialog.Title>{title}</AlertDialog.Title>
          <AlertDialog.Description className="muted">{text}</AlertDialog.Description>
          <div className="dialog-actions">
            <AlertDialog.Cancel className="button button-quiet">Keep it</AlertDialog.Cancel>
            <AlertDialog.Action className="button button-danger" onClick={onConfirm}>{action}</AlertDialog.Action>
          </div>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
