import type { ProgressBlock } from "../api/types";
import { RunProgress } from "../runs/RunProgress";

export function ProgressBlockView({ block }: { block: ProgressBlock }) {
  return <RunProgress runId={block.runId} title={block.title} />;
}
