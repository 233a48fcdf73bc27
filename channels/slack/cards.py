"""Approval cards. A button carries the approval's id and nothing else: what is approved stands in Postgres."""

from datetime import datetime
from typing import Any

from channels.slack.blocks import Kit, context, link, markdown, rendered, section
from channels.slack.text import cut, mrkdwn
from runtime.settings import settings
from tools.present import cell

APPROVE, DECLINE = "approval:approve", "approval:decline"
SHOWN = 8


def card(shown: dict[str, Any], *, may_approve: bool = True) -> list[Kit]:
    """A waiting approval: exactly what will happen, and the buttons."""
    preview = shown["preview"]
    blocks = [section(f"*{mrkdwn(preview['title'])}*"), *markdown(preview["summary"]), *_details(preview)]
    if shown["needsSecondPerson"]:
        blocks.append(context(f"👥 {mrkdwn(shown['secondPersonHint'] or '')}"))
    blocks.append(_buttons(shown["id"], may_approve))
    expires = int(datetime.fromisoformat(shown["expiresAt"]).timestamp())
    blocks.append(
        context(
            f"Asked for by {mrkdwn(shown['requestedBy']['name'])}. <!date^{expires}^Expires {{time}}|Expires soon>."
        )
    )
    return blocks


def _details(preview: dict[str, Any]) -> list[Kit]:
    found = rendered(preview.get("blocks", []))
    blocks = [*found.blocks, *(_as_text(table) for table in found.tables)]
    for sample in preview.get("messages", [])[:3]:
        to = f"{sample['channel'].upper()} to {sample['recipients']}"
        blocks.append(section(f"*{to}*\n>{mrkdwn(cut(sample['text'], 600)).replace(chr(10), chr(10) + '>')}"))
    if left := preview.get("excluded", []):
        lines = [f"• {mrkdwn(item['who'])}: {mrkdwn(item['reason'])}" for item in left[:SHOWN]]
        more = [f"_and {len(left) - SHOWN} more_"] if len(left) > SHOWN else []
        blocks.append(section("\n".join([f"*Left out: {len(left)}*", *lines, *more])))
    if cost := preview.get("cost"):
        blocks.append(context(f"Cost: {cost['currency']} {cell(cost['amount'])}"))
    return blocks + [context(f"⚠️ {mrkdwn(warning)}") for warning in preview.get("warnings", [])]


def _as_text(table: Kit) -> Kit:
    """A message takes one table and an answer may need it, so a card's table is written out."""
    rows = [" · ".join(mrkdwn(part["text"]) for part in row) for row in table["rows"]]
    more = [f"_and {len(rows) - 1 - SHOWN} more_"] if len(rows) - 1 > SHOWN else []
    return section("\n".join([f"*{rows[0]}*", *rows[1 : SHOWN + 1], *more]))


def _buttons(approval_id: str, may_approve: bool) -> Kit:
    yes = {"type": "button", "action_id": APPROVE, "value": approval_id, "style": "primary",
           "text": {"type": "plain_text", "text": "Approve"}}  # fmt: skip
    no = {"type": "button", "action_id": DECLINE, "value": approval_id, "style": "danger",
          "text": {"type": "plain_text", "text": "Decline"}}  # fmt: skip
    return {"type": "actions", "block_id": f"approval:{approval_id}", "elements": [yes, no] if may_approve else [no]}


def decided(blocks: list[Kit], approval_id: str, words: str) -> list[Kit]:
    """The message again after a decision: its buttons gone, what became of it in their place."""
    kept: list[Kit] = []
    for block in blocks:
        if block.get("block_id") == f"approval:{approval_id}":
            kept.append(context(mrkdwn(words)))
        else:
            kept.append(block)
    return kept


def portal() -> str:
    """A link to the approvals page, where the school has an address."""
    return link("Open the approvals page", "/approvals") if settings().public_url else ""
