"""What the phone doors say by themselves, in the languages guardians speak, and what they understand without the assistant."""

import re

from school.folding import fold

LANGUAGES = {
    "en": "English", "ha": "Hausa", "ig": "Igbo", "yo": "Yoruba", "pcm": "Pidgin", "fr": "French",
}  # fmt: skip
"""Code -> the name people use."""

_SAID: dict[str, dict[str, str]] = {
    "person_asked": {
        "en": "{school}: I have asked a person at the school to write to you here. I am quiet until then; what you write is kept for them.",
        "pcm": "{school}: I don tell person for school make e write you here. I go quiet till then; wetin you write, dem go see am.",
        "ha": "{school}: Na nemi wani a makaranta ya rubuto maka a nan. Zan yi shiru har sai lokacin; za a adana abin da ka rubuta.",
        "yo": "{school}: Mo ti ní kí ẹnìkan ní ilé-ìwé kọ̀wé sí yín níbí. Màá dákẹ́ títí di ìgbà náà; a ó tọ́jú ohun tí ẹ bá kọ.",
        "ig": "{school}: Agwala m onye nọ n'ụlọ akwụkwọ ka o degara gị akwụkwọ ebe a. Aga m agbachi nkịtị ruo mgbe ahụ; a ga-edebe ihe i dere.",
        "fr": "{school} : j'ai demandé à une personne de l'école de vous écrire ici. Je me tais jusque-là ; vos messages sont gardés.",
    },
    "words_only": {
        "en": "I can read words only, not voice notes or pictures. Please write what you would like to know, or write PERSON to talk to somebody.",
        "pcm": "Na only wetin dem write I fit read, no be voice note or picture. Abeg write wetin you want, or write PERSON to talk to somebody.",
        "ha": "Rubutu kawai nake iya karantawa, ba murya ko hoto ba. Rubuta abin da kake so ka sani, ko ka rubuta PERSON don magana da mutum.",
        "yo": "Ọ̀rọ̀ tí a kọ nìkan ni mo lè kà, kì í ṣe ohùn tàbí àwòrán. Ẹ kọ ohun tí ẹ fẹ́ mọ̀, tàbí ẹ kọ PERSON láti bá ènìyàn sọ̀rọ̀.",
        "ig": "Naanị ihe e dere ede ka m nwere ike ịgụ, ọ bụghị olu ma ọ bụ foto. Biko dee ihe ịchọrọ ịma, ma ọ bụ dee PERSON ka gị na mmadụ kwurịta okwu.",
        "fr": "Je ne lis que les mots, pas les messages vocaux ni les images. Écrivez ce que vous voulez savoir, ou PERSON pour parler à quelqu'un.",
    },
    "picture": {
        "en": "I cannot read pictures. Please write what it is about, or write PERSON and somebody at the school will look at it with you.",
        "pcm": "I no fit read picture. Abeg write wetin e be, or write PERSON make somebody for school look am with you.",
        "ha": "Ba na iya karanta hoto. Rubuta abin da yake ciki, ko ka rubuta PERSON domin wani a makaranta ya duba tare da kai.",
        "yo": "Mi ò lè ka àwòrán. Ẹ kọ ohun tó jẹ́, tàbí ẹ kọ PERSON kí ẹnìkan ní ilé-ìwé bá yín wò ó.",
        "ig": "Enweghị m ike ịgụ foto. Biko dee ihe ọ bụ, ma ọ bụ dee PERSON ka onye nọ n'ụlọ akwụkwọ soro gị lee ya.",
        "fr": "Je ne lis pas les images. Écrivez de quoi il s'agit, ou PERSON et quelqu'un de l'école la regardera avec vous.",
    },
    "voice": {
        "en": "I cannot listen to voice notes. Please write your question in a few words, or write PERSON to talk to somebody.",
        "pcm": "I no fit hear voice note. Abeg write your question small, or write PERSON to talk to somebody.",
        "ha": "Ba na iya sauraron saƙon murya. Rubuta tambayarka a takaice, ko ka rubuta PERSON don magana da mutum.",
        "yo": "Mi ò lè gbọ́ ohùn tí a gbà sílẹ̀. Ẹ kọ ìbéèrè yín ní kúkúrú, tàbí ẹ kọ PERSON láti bá ènìyàn sọ̀rọ̀.",
        "ig": "Enweghị m ike ige olu e dekọrọ. Biko dee ajụjụ gị na nkenke, ma ọ bụ dee PERSON ka gị na mmadụ kwurịta okwu.",
        "fr": "Je n'écoute pas les messages vocaux. Écrivez votre question en quelques mots, ou PERSON pour parler à quelqu'un.",
    },
    "pin_kept": {
        "en": "{school}: your PIN is kept. Marks and fees ask for it when you have not given it for 30 minutes. PIN OFF ends it; if you forget it, ask the school office.",
        "pcm": "{school}: we don keep your PIN. Marks and fees go ask for am if 30 minutes don pass. PIN OFF go end am; if you forget am, ask school office.",
        "fr": "{school} : votre code PIN est enregistré. Il est demandé pour les notes et les frais après 30 minutes. PIN OFF le supprime ; en cas d'oubli, adressez-vous au secrétariat.",
    },
    "pin_ended": {
        "en": "{school}: your PIN is gone. Whoever holds this phone can now ask for marks and fees.",
        "pcm": "{school}: your PIN don comot. Anybody wey hold this phone fit ask for marks and fees now.",
        "fr": "{school} : votre code PIN est supprimé. Qui tient ce téléphone peut demander notes et frais.",
    },
    "pin_first": {
        "en": "{school}: please send your present PIN first, by itself. If you forgot it, ask the school office.",
        "pcm": "{school}: abeg send your present PIN first, only the 4 numbers. If you forget am, ask school office.",
        "fr": "{school} : envoyez d'abord votre code PIN actuel, seul. En cas d'oubli, adressez-vous au secrétariat.",
    },
    "language_kept": {
        "en": "{school}: our messages to you will be in English.",
        "pcm": "{school}: our message to you go dey for Pidgin.",
        "ha": "{school}: saƙonninmu zuwa gare ka za su kasance da Hausa.",
        "yo": "{school}: àwọn ìfiránṣẹ́ wa sí yín yóò máa jẹ́ ní Yorùbá.",
        "ig": "{school}: ozi anyị na-ezigara gị ga-abụ n'asụsụ Igbo.",
        "fr": "{school} : nos messages vous parviendront en français.",
    },
}  # fmt: skip

_PERSON = re.compile(
    r"^(?:person|agent|human|operator|real person|somebody)$"
    r"|\b(?:talk|speak|chat|spk|tok) (?:to|with|wit) (?:a |an |the |some )?(?:real |human |actual )?(?:person|human|somebody|someone|body|staff|teacher|principal|head|office|school office|secretary|admin\w*|bursar|agent|people)\b"
    r"|\b(?:call me|ring me|phone me)(?: back)?\b|\b(?:real|human) (?:person|being|agent)\b|\b(?:want|need) (?:a |to see a )?(?:human|person)\b|\bnot (?:a )?(?:robot|machine|bot)\b"
    r"|\b(?:yi|son) magana da (?:mutum|wani|malami|shugaba\w*)\b|\bba (?:eniyan|enikan|oluko) soro\b|\b(?:gwa|soro) (?:mmadu|onye)\b|\b(?:kwuo|kwurita|ikwu) okwu\b.*\b(?:mmadu|onye)\b|\bmmadu kwurita okwu\b"
    r"|\bparler (?:a|avec) (?:une personne|quelqu ?un|un humain|le directeur|la directrice|l ?ecole|un responsable)\b|\brappel\w*(?: |-)moi\b"
)


def person_wanted(text: str) -> bool:
    """Whether somebody asks for a person instead of the assistant."""
    return len(text) <= 300 and bool(_PERSON.search(fold(text)))


def say(what: str, language: str, **facts: str) -> str:
    """A fixed sentence in a language, in English where there is no other."""
    said = _SAID[what]
    return said.get(language, said["en"]).format(**facts)
