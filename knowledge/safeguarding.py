"""Whether a message suggests harm to a child: phrases in six languages, and a classifier on sentence embeddings.

Careful rather than clever: a false alarm costs a named adult a minute. Measured in evals/safeguarding.
"""

import re
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from knowledge.embedding import embed
from runtime.telemetry import log
from school.folding import fold
from school.safeguarding import Category

EXAMPLES = Path(__file__).with_name("safeguarding_examples.txt")
SURE = 0.56
SURE_OF_STUDY = 0.85
LONGEST = 1500
_log = log("safeguarding")

_CHILD = r"(?:me|him|her|us|(?:my|our|the|a|his|her|this|that|one) (?:\w+ )?(?:son|daughter|child|children|kids?|brother|sister|boys?|girls?|baby|pupils?|students?|friend|ward|cousin|classmate))"
_SELF = r"(?:myself|himself|herself|themselves|my ?self|him ?self|her ?self)"
_PHRASES: dict[Category, tuple[str, ...]] = {
    Category.SELF_HARM: (
        rf"kill(?:ing)? {_SELF}", rf"(?:cut|cuts|cutting|hurt|hurts|hurting|harm|harms|harming|hang|hanging) {_SELF}", r"suicid\w*",
        r"wants? to die", r"end (?:my|his|her) (?:own )?life", r"(?:dont|do not|doesnt|does not) want to (?:live|be alive)",
        r"better off dead", r"no reason to live", r"(?:took|take|swallow\w*|drank|drink) (?:rat )?(?:poison|sniper|overdose|too many (?:pills|tablets))",
        r"goodbye (?:letters?|notes?)", r"(?:took|take|swallow\w*) (?:all|plenty|a lot)(?: \w+){0,3} (?:pills|tablets|medicine|drugs)",
        r"i wan (?:die|kill mysef)", r"no (?:wan|wish) (?:live|dey alive) again", r"kill (?:am|h?im|her) ?se(?:lf|f)", r"make i (?:just )?die",
        r"kashe (?:kai|kan)(?:na|nta|nsa|ta|sa)", r"(?:ina son|ina so|ta na so|yana so) (?:in |ya |ta )?mutu\w*", r"na gaji da (?:rayuwa|duniya)",
        r"pa ara (?:mi|re|e)\b", r"(?:mo|o) fe ku\b", r"aye su mi",
        r"(?:igbu|gbuo|gbue|na egbu) onwe (?:m|ya)", r"a?choro (?:m )?(?:ka m )?(?:inwu|nwuo)", r"ndu (?:agwula|ike agwula)",
        r"me tuer", r"se tuer", r"(?:veux|envie de|veut) mourir", r"en finir avec la vie", r"(?:me|se) (?:scarifi\w+|coupe les veines)",
    ),
    Category.SEXUAL: (
        rf"(?:touch|touches|touched|touching|fondl\w+|grop\w+|grab\w*) {_CHILD}(?: \w+){{0,5}} (?:private\w*|breasts?|buttocks|bum|down there|there|inappropriate\w*|wrong\w*|bad\w*|body|thighs?|uncomfortable)",
        r"touch\w* (?:my|her|his) (?:private\w*|body|breasts?|thighs?|chest|buttocks)", r"\braped?\b|\braping\b|\brapist\b", r"molest\w*", r"defil(?:e|ed|ing|ement)\b",
        r"sexual\w* (?:abus\w*|assault\w*|harass\w*|advance\w*|touch\w*)", r"(?:nude|naked|nudes)(?: \w+){0,2} (?:pictures?|photos?|pics?|videos?)|send (?:him |me |her )?nudes|asked (?:me|her|him) (?:for|to send) (?:nudes|naked)",
        r"(?:messages?|texts?|chats?|writes?)(?: \w+){0,4} (?:mid ?)?night(?: \w+){0,5} (?:pictures?|photos?|pics)",
        r"sleep(?:ing|s)? with (?:me|her|him|a student|students|my daughter|one of)", r"(?:have|having|had) sex with", r"(?:kiss\w*|undress\w*) (?:me|her|him|my daughter|my son)",
        r"(?:teacher|uncle|driver|coach|sir|man|pastor)(?: \w+){0,4} (?:made|forced) (?:me|her|him) (?:to )?(?:touch|undress|strip|watch)",
        r"dey (?:touch|press|romance) (?:me|am|her|my pikin|my daughter)(?: \w+){0,3}(?: anyhow| breast| body| bobi| yansh)?", r"(?:don |wan )(?:rape|sleep with) (?:me|am|her)", r"(?:pour\w*|throw\w*|threw) (?:hot|boiling) water|(?:hand|hands|finger\w*) (?:under|inside|into|in) (?:my|her|his) (?:skirt|dress|shorts|trousers|pants|blouse|underwear)|pregnant (?:for|by) (?:the |her |a |my )?(?:teacher|uncle|stepfather|father)",
        r"fyade", r"(?:taba|tabawa|shafa) (?:ni|ta|ta a|jiki(?:na|nta)|al ?aura\w*|nono\w*)", r"lalata (?:da )?(?:ni|ita|yarinya|yara|yaro)", r"cin zarafi\w*",
        r"fipa ba", r"ifipabanilopo", r"(?:fowo|fi owo|fowo) (?:kan|ba) (?:mi|omo|oyan|oju ara)", r"ba (?:mi|omo mi|omo) lopo",
        r"(?:metu|emetu|metuo|na emetu) (?:m|ya|nwa m) (?:aka|n ?ahu|n ?ara|ebe)", r"idina (?:m |ya )?n ?ike", r"dina(?:ra)? (?:m|ya|nwa(?: m)?) n ?ike",
        r"\bviole[er]?s?\b|\bviol\b", r"attouchement\w*", r"(?:me|la|le) touche(?: \w+){0,3} (?:mal|intimes?|seins?|partout|bizarre\w*)|touche (?:les (?:petites? )?(?:filles|garcons|enfants|eleves)|mes|ses) (?:parties|seins|fesses)", r"photos? (?:de moi |d ?elle )?nue?s?", r"abus\w* sexuel\w*|agress\w+ sexuel\w+",
    ),
    Category.VIOLENCE: (
        rf"(?:beat|beats|beaten|beating|hit|hits|hitting|flog|flogs|flogged|flogging|slap|slaps|slapped|slapping|burn|burns|burnt|burned|kick|kicks|kicked|punch|punches|punched|choke|chokes|choked|strangl\w+|whip|whips|whipped|stab|stabbed|scald\w*) (?:up )?{_CHILD}\b",
        r"(?:been|being|was|is|gets?|got) (?:\w+ )?(?:beaten|flogged|abused|maltreated|assaulted|tortured|whipped)\b", r"beats? (?:and \w+ )?(?:the )?(?:children|kids)",
        r"(?:abus|maltreat|tortur|ill ?treat)(?:e|es|ing|ed|s)? (?:me|him|her|my|the|a|his|her) ?(?:child|son|daughter|children|boy|girl|pupil|student|step\w+)?", r"child abuse|domestic violence|physical(?:ly)? abus\w*",
        r"(?:bruis\w+|wounds?|burns?|cane marks|swollen|blood|marks) (?:all over|on|in) (?:his|her|my|their|the childs?) (?:body|back|face|arms?|legs?|hands?|head|eye)", r"(?:afraid|scared|fears?) (?:of|to go) (?:home|back home|my (?:father|dad|stepfather|uncle|mother|mum))",
        r"bull(?:y|ies|ied|ying) (?:me|him|her|my|by)|(?:being|is|am|get\w*) bullied", r"circumcis\w+ (?:her|my|girls?|the girl)|\bfgm\b|genital (?:cutting|mutilation)",
        r"dey (?:beat|flog|slap|wound|maltreat|bully) (?:me|am|her|him|my pikin|the pikin|dem|us)(?: \w+)?", r"(?:don |take \w+ )(?:beat|flog|wound|burn) (?:me|am|my pikin|the pikin)", r"no gree make .{0,20}(?:chop|eat)",
        r"(?:ana|yana|tana|suna|kullum ana) (?:ta )?duk\w* ?(?:ni|na|sa|ta|yaron|yarinyar|yara|dana|yata)?", r"(?:ya|ta|sun|an) (?:buge|doke|dake|kona|ji)\w* ?(?:ni|shi|ta|min|rauni)", r"azabtar\w*|zalunt\w*",
        r"(?:n|maa n|o n|won n|e n) (?:lu|na) (?:mi|omo|awon omo|wa|oun)\b", r"(?:lu|na) (?:mi|omo (?:mi|naa|yii)) (?:ni ilukulu|gan|daku|pelu|lojoojumo)", r"fi iya je (?:mi|omo)|je (?:mi|omo mi) niya|fi ina jo",
        r"(?:na eti|eti|tiri|etie|na apia|piara) (?:m|ya|nwa m|nwata|umuaka)(?: ihe| utari)?", r"na (?:emegbu|emekpa|ata) (?:m|ya|nwa|umuaka)(?: ahuhu)?", r"\bmegburu|mmegbu",
        r"(?:me|le|la|les|nous) (?:frappe|bat|tape|gifle|brule|maltraite|fouette)(?:nt)?\b", r"(?:frappe|bat|battu|battue|tape|gifle|brule|maltraite|fouette|frappee?|fouettee?)(?:nt|s)? (?:par )?(?:mon|ma|son|sa|ses|un|une|l|les|cet) ?(?:fils|fille|enfant|enfants|eleve|eleves|pere|mere|oncle|beau|maitre|professeur|petit|petite)", r"maltraitance|harcel\w+ (?:par|a l ?ecole|mon|ma)|(?:peur|crainte) de rentrer",
    ),
    Category.NEGLECT: (
        r"(?:not|hasnt|havent|has not|have not|had not|never) (?:had |been )?(?:eat|eaten|food|fed|any food)(?: \w+){0,4} (?:days?|yesterday|since|at home)", r"(?:starv\w+|no food) (?:at home|me|him|her|the|my|for (?:two|three|four|days))",
        r"(?:locked|locks|lock|chained|chains|tied|ties) (?:me|him|her|my \w+|the (?:child|boy|girl|baby)|them) (?:up|in|inside|out|to|down)", r"(?:left|leaves|leave) (?:alone|the (?:child|children|baby)|by (?:himself|herself|themselves)|them|him|her)(?: \w+){0,3} (?:alone|for days|at night|all night|without food)",
        r"(?:sleep\w*|slept) (?:outside|on the street|under the bridge)", r"refus\w+ to (?:feed|give (?:her|him|me) food|take (?:her|him) to (?:the )?hospital)",
        r"(?:no dey|dont|doesnt|does not|do not|refuses? to) (?:give|gi) (?:me|am|us|him|her|them) (?:any )?(?:food|chop)", r"(?:no chop|never chop) since", r"dey lock (?:me|am|her|him)",
        r"(?:ba a|ba su|basa|ba ya|an hana) (?:ba|bani|ba ni|bashi|bata|ni|shi|ta) ?(?:abinci)", r"(?:kulle|daure) (?:ni|shi|ta|yaron|yarinyar)", r"won (?:ko|kii?) (?:fun|fun mi|fun omo) (?:ni |mi )?(?:ni )?ou?nje|(?:ti|timo|de) (?:mi|omo|oun) mo(?:le)?\b", r"(?:anaghi|adighi|na anaghi) (?:enye|eye) (?:m|ya|nwata) nri|(?:kpochi|kpochiri|keere?|kechi\w*) (?:m|ya|nwata)",
        r"(?:pas|rien) mange(?:r)? depuis|(?:enferme|attache|ligote)(?:nt|s)? (?:dans|a|mon|ma|l|la|le)|(?:m|l) ?(?:enferme|attache)\w*|prive(?:nt|s)? de (?:nourriture|manger)|laisse(?:nt)? seule?s?",
    ),
    Category.THREAT: (
        r"threat\w* to (?:kill|shoot|stab|beat|hurt|expose|post|share|harm|rape)", r"(?:has|have|bring|bringing|brought|carr\w+) (?:a |the )?(?:gun|knife|weapon|cutlass|machete|acid)(?: \w+){0,3} (?:to school|in school|in (?:his|her) bag|in class)", r"(?:going to|will|gonna|want to|wants to) (?:shoot|stab|kill|poison) (?:\w+ )?(?:me|him|her|us|them|everyone|everybody|teacher|the|my|a)",
        r"kidnap\w*|abduct\w*|traffick\w*", r"(?:forc\w+|marry|marrying|married|given|giving) (?:me|her|my (?:daughter|sister)|off|the girl|a girl)(?: \w+){0,4} (?:off|marri\w+|to (?:an? )?(?:old |older |rich )?(?:man|chief|husband))|forced marriage|child marriage|forced to marry", r"blackmail\w*",
        r"dem wan (?:marry|give) (?:am|her|me)(?: \w+)?", r"wan (?:kill|stab|kidnap) (?:me|am|us|my pikin)", r"auren dole|(?:aurar|aurad|za a aura) ?da? (?:ni|ita|yata|yarinya)|(?:sace|an sace|yi garkuwa)", r"fi ipa (?:fe|gbe)|gbe omo (?:mi )?lo|ji omo gbe|fe (?:pa|gun) (?:mi|omo)", r"(?:atoro|toro|ito) (?:m|ya|nwa\w*)(?: \w+)? (?:n ?ike|oru)|luo di ?n ?ike|ilu di ?n ?ike|(?:ga egbu|choro igbu) (?:m|ya|nwa)", r"mariage force|marier de force|(?:me|la|le) (?:marier|menace\w*)(?: \w+){0,2}|menac\w+ de (?:me|le|la|mort|tuer)|enlev\w+ (?:mon|ma|l) ?(?:fils|fille|enfant)|kidnapp\w+",
    ),
}  # fmt: skip
_COMPILED = {
    category: re.compile("|".join(rf"\b(?:{phrase})" for phrase in found)) for category, found in _PHRASES.items()
}
_STUDY = re.compile(
    r"\b(?:policy|policies|handbook|curriculum|topics?|lesson|syllabus|scheme of work|training|workshop|assembly|seminar|novel|essay|chapter|poem|play|"
    r"composition|comprehension|textbook|questions?|quiz|exam|history|debate|literature|note|notes|awareness|campaign|define|meaning of|reglement|politique|cours|lecon)\b"
)
_SPORT = re.compile(
    r"\b(?:match|game|tournament|record|score\w*|goals?|football|basketball|debate|competition|quiz|deadline|drum|eggs?|traffic|time|house|fees|homework|tickets)\b"
)
_OF_SOMEBODY = re.compile(r"\b(?:me|my|myself|him|her|she|he|am|mon|ma|mes|moi|mi|ni|omo|nwa)\b")


_SOMEBODY = re.compile(
    _OF_SOMEBODY.pattern
    + r"|\b(?:i|we|us|they|them|their|his|hers|child\w*|boys?|girls?|students?|pupils?|sons?|daughters?|baby|babies|sisters?|brothers?|"
    r"friends?|fathers?|mothers?|dad|mum|uncles?|aunt\w*|teachers?|matron|man|men|woman|women|people|person|some(?:body|one)|nobody|kids?|"
    r"class ?mates?|filles?|fils|garcons?|enfants?|eleves?|elle|il|ils|elles|son|sa|les|pikin|dem|oga|madam|yaro\w*|yarinya\w*|yara|nwata|umuaka|awon)\b"
)
"""Whom a message speaks of. What speaks of nobody (“do something strange”) must be much likelier to be a concern."""

_HOOKED = str.maketrans("ɗƙɓƴ", "dkby")
"""Hausa's hooked letters, which fold to no plain letter by themselves."""


class Signal(NamedTuple):
    """Why a message is taken for a concern."""

    category: Category
    found_by: str
    probability: float


def signal(text: str) -> Signal | None:
    """The concern in a message, or none. Blocking: some milliseconds, and the model's load the first time.

    A phrase alone is enough, unless the message is about study or sport: then the classifier must agree.
    """
    said = fold(text[:LONGEST].casefold().translate(_HOOKED))
    if len(said) < 4:
        return None
    category = next((category for category, phrases in _COMPILED.items() if phrases.search(said)), None)
    about_study = bool(_STUDY.search(said)) and not _OF_SOMEBODY.search(said)
    sport = category in (Category.VIOLENCE, Category.THREAT) and bool(_SPORT.search(said))
    if category is not None and not about_study and not sport:
        return Signal(category, "phrase", 1.0)
    likely = probability(text[:LONGEST])
    nobody = not _SOMEBODY.search(said)
    if category is not None and likely >= (SURE_OF_STUDY if about_study and nobody else SURE):
        return Signal(category, "phrase and model", likely)
    careful = about_study or nobody
    if category is None and likely >= (SURE_OF_STUDY if careful else SURE):
        return Signal(Category.OTHER, "model", likely)
    return None


def probability(text: str) -> float:
    """How likely the message suggests harm, by its meaning alone; 0 when the model cannot be loaded."""
    try:
        return _likely(text)
    except (RuntimeError, OSError) as error:
        _log.error("model_missing", error=type(error).__name__)
        return 0.0


@lru_cache(maxsize=256)
def _likely(text: str) -> float:
    """Remembered: after results are published, hundreds of guardians ask the same in the same words."""
    return float(_classifier().predict_proba(embed([text]))[0, 1])


@lru_cache(maxsize=1)
def _classifier() -> Any:
    """Fitted from the examples on first use: a second, once a process."""
    from sklearn.linear_model import LogisticRegression

    texts, labels = examples()
    return LogisticRegression(C=6.0, class_weight="balanced", max_iter=500).fit(embed(texts), np.array(labels))


def examples() -> tuple[list[str], list[int]]:
    """The examples the classifier is fitted on: lines that begin with + suggest harm, lines with - do not."""
    lines = [line for line in EXAMPLES.read_text().splitlines() if line[:2] in ("+ ", "- ")]
    return [line[2:] for line in lines], [int(line[0] == "+") for line in lines]
