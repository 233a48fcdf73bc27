"""What the planner says itself: small talk, questions for what is missing, choices, and what it cannot do."""

import re

from agent.offline.intents import Guess
from runtime.caller import Caller, Role
from runtime.transaction import transaction
from school import schools
from tools.declare import Tool
from tools.naming import Candidate, fold
from tools.refs import RESOLVERS

_GREETING = re.compile(
    r"^(?:hi|hello|hey|hiya|good (?:morning|afternoon|evening|day)|morning|afternoon|evening|how far|greetings)(?: (?:there|sir|ma|all|everyone|oga|o|again|schoolos|bot))*$"
)
_THANKS = re.compile(
    r"^(?:thanks|thank you|thank u|thx|many thanks|ok thanks|okay thank you|great|nice|good|well done|perfect|wonderful|nice one|God bless you|god bless you)(?: (?:so much|very much|a lot|sir|ma|dear|o|for that|for the help))*$"
)
_BYE = re.compile(
    r"^(?:bye|goodbye|good night|see you|later|that is all|thats all|done|ok bye)(?: (?:for now|now|sir|ma|then|thanks|thank you))*$"
)
_HOW = re.compile(
    r"^(?:how are you|how are you doing|how you dey|how body|how is it going|hows it going|are you there|you there)(?: (?:today|sir|ma|now))*$"
)
_WHO = re.compile(r"^(?:who|what) (?:are|is) (?:you|u|this)(?: exactly| please)?$")
_LEFT = re.compile(r"^(?:never ?mind|forget (?:it|that)|leave it|do not bother|dont bother)(?: please| then| thanks)?$")
_OK = re.compile(r"^(?:ok|okay|alright|fine|cool|noted|got it|i see|i understand)$")


def small(text: str, caller: Caller) -> str | None:
    """A short answer to small talk, or None."""
    said = fold(text)
    name = caller.name.split()[0] if caller.name and caller.role in {Role.TEACHER, Role.HEAD, Role.ADMIN} else ""
    if _GREETING.match(said):
        hello = f"{said.split('good ')[-1].split()[0].capitalize()}" if said.startswith("good ") else "Hello"
        hello = f"Good {hello.lower()}" if said.startswith("good ") else hello
        return f"{hello}{f', {name}' if name and not caller.name.startswith(('Mr', 'Mrs', 'Miss', 'Dr')) else ''}. What can I do for you?"
    if _THANKS.match(said):
        return "You are welcome."
    if _BYE.match(said):
        return "Goodbye. I am here when you need me."
    if _HOW.match(said):
        return "I am well and ready to help. What do you need?"
    if _WHO.match(said):
        return (
            "I am the school's assistant: a program, not a person. Ask me about the school, or say what you need done."
        )
    return "Good." if _OK.match(said) else None


def dropped(text: str) -> bool:
    """Whether a message only takes back what was asked."""
    return bool(_LEFT.match(fold(text)))


async def office(caller: Caller) -> str:
    """Whom to turn to instead, with the school's own phone or e-mail."""
    async with transaction(caller, read_only=True) as tx:
        school = await schools.current(tx)
    ways = " or ".join(way for way in (school.phone, school.email) if way)
    return f"The school office can help: {ways}." if ways else "The school office can help."


def cannot(guesses: list[Guess], tools: dict[str, Tool]) -> tuple[str, list[str]]:
    """A refusal with the nearest three things the person can ask."""
    near = [tools[guess.tool].says[0] for guess in guesses[:3] if tools[guess.tool].says]
    lines = "\n".join(f"- {said}" for said in near)
    return (f"I cannot help with that here. These are the nearest things you can ask me:\n\n{lines}", near)


def did_you_mean(guesses: list[Guess], tools: dict[str, Tool]) -> tuple[str, list[str]]:
    """A question between the likeliest capabilities."""
    options = [tools[guess.tool].summary.rstrip(".") for guess in guesses]
    if len(options) == 1:
        return f"Do you want me to do this: {options[0][:1].lower()}{options[0][1:]}?", ["Yes", "No"]
    lines = "\n".join(f"{n}. {option}" for n, option in enumerate(options, 1))
    return f"I am not sure which you mean:\n\n{lines}", options


def which(text: str, kind: str, found: list[Candidate]) -> tuple[str, list[str]]:
    """A question between records of one name."""
    noun = RESOLVERS[kind].noun if kind in RESOLVERS else "one"
    labels = [f"{c.label} ({c.hint})" if c.hint else c.label for c in found[:8]]
    lines = "\n".join(f"{n}. {label}" for n, label in enumerate(labels, 1))
    more = f"\n\nThere are {len(found) - 8} more; a full name or a number finds them." if len(found) > 8 else ""
    lead = f"“{text}” fits {len(found)} {plural(noun)}. Which one?" if text else f"Which {noun}?"
    return f"{lead}\n\n{lines}{more}", labels


def missing(tool: Tool, name: str, kind: str | None) -> str:
    """One question for one missing argument."""
    if kind and kind in RESOLVERS:
        return f"Which {RESOLVERS[kind].noun} do you mean?"
    described = tool.arguments.model_fields[name].description or ""
    first = re.sub(r",? (?:as )?(?:YYYY-MM-DD|HH:MM).*$", "", re.split(r"[.;]", described)[0].strip())
    words = name.replace("_", " ")
    if name in {"text", "message", "body", "content"}:
        return "What should the message say?"
    if name == "amount":
        return "How much is it?"
    if name == "channel":
        return "On which channel: SMS, WhatsApp, e-mail, push or the app?"
    if name == "points":
        return "What should it say? For several points put each on its own line, or a semicolon between them."
    if first:
        return f"One more thing: {first[:1].lower()}{first[1:]}?"
    return f"What is the {words}?"


def plural(noun: str) -> str:
    """The plural of a record's noun: classes, members of staff, subjects."""
    first, space, rest = noun.partition(" ")
    return f"{first}{'es' if first.endswith('s') else 's'}{space}{rest}"
