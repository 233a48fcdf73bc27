"""A question that asks for no capability: whether the school's documents may answer it."""

import re

from knowledge.answer import answer
from knowledge.search import search
from runtime.caller import Caller
from runtime.transaction import transaction

ASKS_DOCUMENTS = "ask_documents"
_NAMED = re.compile(
    r"\b(?:documents?|handbooks?|polic(?:y|ies)|school rules?|our notes|lesson notes|circulars?|prospectus|rule ?book)\b",
    re.IGNORECASE,
)
FEWEST_WORDS = 3


async def may_answer(caller: Caller, question: str) -> bool:
    """Whether a question speaks of the documents, or the documents this caller may read answer it."""
    if _NAMED.search(question):
        return True
    if len(question.split()) < FEWEST_WORDS:
        return False
    async with transaction(caller, read_only=True) as tx:
        return (await answer(await search(tx, question))).says
