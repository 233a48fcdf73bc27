"""Write the sentence model as ONNX: `python -m knowledge.embedding_export PATH`. The only place torch is needed."""

import os
import sys
from pathlib import Path
from typing import Any

import torch
from transformers import AutoModel

from knowledge.embedding import weights_dir


class SentenceEncoder(torch.nn.Module):
    """BERT, mean over the real tokens, scaled to length 1."""

    def __init__(self, bert: Any) -> None:
        super().__init__()
        self.bert = bert

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        """Shape: two (batch, tokens) integers -> (batch, 384)."""
        tokens = self.bert(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        mask = attention_mask.unsqueeze(-1).to(tokens.dtype)
        mean = (tokens * mask).sum(1) / mask.sum(1).clamp(min=1e-9)
        return torch.nn.functional.normalize(mean, dim=1)


def export(path: Path) -> None:
    """Write the model next to `path` and move it into place, so that no reader sees half a file."""
    torch.set_num_threads(1)
    bert = AutoModel.from_pretrained(str(weights_dir()), attn_implementation="eager").eval()
    ids = torch.tensor([[101, 2023, 2003, 102], [101, 2023, 102, 0]])
    mask = (ids != 0).long()
    part = path.with_suffix(f".{os.getpid()}.part")
    axes = {0: "batch", 1: "tokens"}
    torch.onnx.export(
        SentenceEncoder(bert).eval(),
        (ids, mask),
        str(part),
        input_names=["input_ids", "attention_mask"],
        output_names=["sentence"],
        dynamic_axes={
            "input_ids": axes,
            "attention_mask": axes,
            "sentence": {0: "batch"},
        },
        opset_version=17,
        dynamo=False,
    )
    part.replace(path)


if __name__ == "__main__":
    os.environ["HF_HUB_OFFLINE"] = "1"
    export(Path(sys.argv[1]))
