"""The inbox: guardians on SMS and WhatsApp who want a person; one owner at a time."""

from typing import Annotated

from pydantic import Field
from sqlalchemy import select

from runtime.transaction import Tx
from school import handovers
from school.handovers import Handover, HandoverClosed, HandoverNotYours, HandoverOwned, Thread, Waiting
from school.people import Person
from school.permissions import Permission
from tools.declare import Effect, Said, tool
from tools.naming import Candidate
from tools.present import Block, Column, Table
from tools.refs import Hints, Ref, resolver
from tools.results import Done, MessageSample, Preview, Result

Words = Annotated[
    str, Field(min_length=1, max_length=handovers.LONGEST_REPLY, description="What to write to the guardian.")
]


@resolver(Handover, "conversation of the inbox", order=8)
async def find_conversations(tx: Tx, hints: Hints) -> list[Candidate]:
    if not tx.caller.may(Permission.INBOX_READ):
        return []
    query = select(Handover, Person).join(Person, Person.id == Handover.person_id).where(Handover.status != "closed")
    return [
        Candidate(
            str(row.id), person.display_name, (person.display_name, person.full_name, row.address), hint=row.channel
        )
        for row, person in (await tx.session.execute(query)).all()
    ]


class Inbox(Result):
    """Conversations that wait for a person, and those somebody has."""

    items: list[Waiting]

    def headline(self) -> str:
        waiting = sum(item.status == "waiting" for item in self.items)
        owned = sum(item.status == "owned" for item in self.items)
        return f"{waiting} waiting for a person, {owned} with somebody."

    def blocks(self) -> list[Block]:
        if not self.items:
            return []
        columns = [
            Column(key="guardian", label="Guardian"), Column(key="channel", label="By"), Column(key="state", label="State", kind="status"),
            Column(key="at", label="Since", kind="datetime"), Column(key="text", label="Last message"),
        ]  # fmt: skip
        rows = [
            {"guardian": w.guardian, "channel": w.channel, "at": w.asked_at.isoformat(), "text": w.last_text,
             "state": f"with {w.owner}" if w.owner and w.status == "owned" else w.status}
            for w in self.items
        ]  # fmt: skip
        return [Table(columns=columns, rows=rows)]


@tool(
    permission=Permission.INBOX_READ,
    effect=Effect.READ,
    rest="GET /api/v1/inbox",
    says=(
        "Who is waiting to talk to a person?",
        "Show the inbox",
        "Which guardians want to talk to somebody?",
        "What is in the inbox conversations?",
    ),
)
async def find_inbox_conversations(
    tx: Tx,
    *,
    include_closed: Annotated[bool, Field(description="Also those handed back already."), Said("closed")] = False,
) -> Inbox:
    """Find guardians on SMS and WhatsApp who wait for a person or have one.

    Use when somebody asks who wants to talk to the school.

    Shape:  optionally closed ones too -> one row a conversation.
    Units:  times in UTC.
    Errors: those of any read.
    Source: tables handovers, handover_messages.
    """
    return Inbox(items=await handovers.listed(tx, include_closed))


class Conversation(Result):
    """One conversation of the inbox with its messages."""

    thread: Thread

    def headline(self) -> str:
        thread = self.thread
        state = f"with {thread.owner}" if thread.owner and thread.status == "owned" else thread.status
        return f"{thread.guardian} by {thread.channel}: {state}, {len(self.thread.messages)} messages."

    def blocks(self) -> list[Block]:
        columns = [
            Column(key="at", label="When", kind="datetime"),
            Column(key="author", label="Who"),
            Column(key="text", label="Message"),
        ]
        rows = [{"at": m.at.isoformat(), "author": m.author, "text": m.text} for m in self.thread.messages]
        return [Table(columns=columns, rows=rows)] if rows else []


@tool(
    permission=Permission.INBOX_READ,
    effect=Effect.READ,
    rest="GET /api/v1/inbox/{conversation}",
    says=(
        "Show the inbox conversation with Mrs Okonjo",
        "Open Mrs Bello's conversation in the inbox",
        "What did Mrs Okonjo write to the inbox?",
    ),
)
async def show_inbox_conversation(tx: Tx, *, conversation: Ref[Handover]) -> Conversation:
    """Show one conversation of the inbox with its messages.

    Use when somebody wants to read what a guardian who waits for a person wrote.

    Shape:  one conversation -> its messages, oldest first.
    Units:  times in UTC.
    Errors: those of any read.
    Source: tables handovers, handover_messages.
    """
    return Conversation(thread=await handovers.thread(tx, conversation.id))


async def _preview_claim(tx: Tx, *, conversation: Ref[Handover]) -> Preview:
    row = await handovers.check_claimable(tx, conversation.id)
    return Preview(
        title=f"Claim the conversation with {conversation.label}", included=1, state={"status": row.status},
        summary="From then on you alone answer in it, until you hand it back.",
    )  # fmt: skip


@tool(
    permission=Permission.INBOX_WRITE,
    effect=Effect.WRITE,
    rest="POST /api/v1/inbox/{conversation}/claim",
    says=(
        "Claim the inbox conversation with Mrs Okonjo",
        "I take the conversation with Mrs Bello",
        "I will answer Mrs Okonjo in the inbox myself",
    ),
    errors=(HandoverOwned, HandoverClosed),
    preview=_preview_claim,
)
async def claim_inbox_conversation(tx: Tx, *, conversation: Ref[Handover]) -> Done:
    """Claim a conversation of the inbox, so that you alone answer in it.

    Use when somebody of the school takes a guardian who waits for a person.

    Shape:  one conversation -> yours.
    Units:  conversations.
    Errors: handover_owned, handover_closed.
    Source: table handovers.
    """
    await handovers.claim(tx, conversation.id)
    tx.undo_with("put_back_inbox_conversation", conversation=str(conversation.id))
    return Done(message=f"You have the conversation with {conversation.label}.")


@tool(
    permission=Permission.INBOX_WRITE,
    effect=Effect.WRITE,
    rest="POST /internal/put-back-inbox-conversation",
    internal=True,
)
async def put_back_inbox_conversation(tx: Tx, *, conversation: Ref[Handover]) -> Done:
    """Let go of a conversation, for somebody else to claim. The inverse of claiming it."""
    await handovers.put_back(tx, conversation.id)
    return Done(message="The conversation waits for somebody again.")


async def _preview_reply(tx: Tx, *, conversation: Ref[Handover], text: Words) -> Preview:
    row = await handovers.check_yours(tx, conversation.id)
    sample = MessageSample(channel=row.channel, text=f"{tx.caller.name}: {text}", recipients=1)
    return Preview(
        title=f"Write to {conversation.label}", summary=f"One message by {row.channel.upper()}.", included=1,
        messages=[sample], state={"status": row.status},
    )  # fmt: skip


@tool(
    permission=Permission.INBOX_WRITE,
    effect=Effect.SEND,
    rest="POST /api/v1/inbox/{conversation}/replies",
    says=(
        "Reply to Mrs Okonjo in the inbox: please come at ten tomorrow",
        "Answer the inbox conversation with Mrs Bello: the bus is on its way",
        "Write in the inbox to Mrs Okonjo: we found the bag",
    ),
    errors=(HandoverNotYours, HandoverClosed),
    preview=_preview_reply,
)
async def send_inbox_reply(tx: Tx, *, conversation: Ref[Handover], text: Words) -> Done:
    """Send a reply in a conversation of the inbox that you have.

    Use when a person of the school answers a guardian who asked for one. Claim the conversation first.

    Shape:  one conversation and words -> one message on its channel.
    Units:  messages.
    Errors: handover_not_yours, handover_closed.
    Source: tables handovers, handover_messages.
    """
    await handovers.reply(tx, conversation.id, text)
    return Done(message=f"Sent to {conversation.label}.")


async def _preview_release(tx: Tx, *, conversation: Ref[Handover]) -> Preview:
    row = await handovers.check_yours(tx, conversation.id)
    return Preview(
        title=f"Hand {conversation.label} back to the assistant", included=1, state={"status": row.status},
        summary="They are told that the assistant answers again from here on.",
        messages=[MessageSample(channel=row.channel, text=await handovers.closing(tx, row), recipients=1)],
    )  # fmt: skip


@tool(
    permission=Permission.INBOX_WRITE,
    effect=Effect.SEND,
    rest="POST /api/v1/inbox/{conversation}/release",
    says=(
        "Hand the inbox conversation with Mrs Okonjo back to the assistant",
        "I am done with Mrs Bello in the inbox, let the assistant answer again",
        "End the inbox conversation with Mrs Okonjo",
    ),
    errors=(HandoverNotYours, HandoverClosed),
    preview=_preview_release,
)
async def release_inbox_conversation(tx: Tx, *, conversation: Ref[Handover]) -> Done:
    """Release a conversation back to the assistant, and tell the guardian so.

    Use when a person of the school has finished talking with a guardian.

    Shape:  one conversation -> handed back.
    Units:  conversations.
    Errors: handover_not_yours, handover_closed.
    Source: table handovers.
    """
    await handovers.hand_back(tx, conversation.id)
    return Done(message=f"The assistant answers {conversation.label} again.")
