"""A question that asks for no capability: whether the school's documents may answer it."""

import re

from agent.deps import Deps
from knowledge.answer import answer
from knowledge.scope import keeping, search_in_scope
from runtime.transaction import transaction

ASKS_DOCUMENTS = "ask_documents"
_NAMED = re.compile(
    r"\b(?:documents?|handbooks?|polic(?:y|ies)|school rules?|our notes|lesson notes|circulars?|prospectus|rule ?book)\b",
    re.IGNORECASE,
)
FEWEST_WORDS = 3


async def may_answer(deps: Deps, question: str) -> bool:
    """Whether a question speaks of the documents, or the documents this caller may read answer it.

    What is found is kept for the turn, so that the answer that follows does not search again.
    """
    if _NAMED.search(question):
        return True
    if len(question.split()) < FEWEST_WORDS:
        return False
    with keeping(deps.searches):
        async with transaction(deps.caller, read_only=True) as tx:
            return (await answer(await search_in_scope(tx, question))).says
