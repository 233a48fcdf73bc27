"""What somebody is told who writes that a child may be in danger: with care, in their language, without a promise to keep it secret.

The words are the same for every case, so that no machine weighs what a child goes through.
"""

WORDS: dict[str, str] = {
    "en": "Thank you for telling me. This is important, and it is not your fault. I am an assistant and cannot help with this alone,"
    " so I have told {adults} at {school} now; they will speak with you. If somebody is in danger right now, call"
    " {emergency} or go to a person you trust.",
    "pcm": "Thank you say you tell me. This matter important, and no be your fault. I be assistant, I no fit handle am alone,"
    " so I don tell {adults} for {school} now; dem go talk with you. If person dey for danger now now, call {emergency}"
    " or go meet person wey you trust.",
    "ha": "Na gode da ka gaya mini. Wannan yana da muhimmanci, kuma ba laifinka ba ne. Ni mataimaki ne, ba zan iya magance wannan"
    " ni kaɗai ba, don haka na sanar da {adults} a {school} yanzu; za su yi magana da kai. Idan wani yana cikin haɗari yanzu,"
    " kira {emergency} ko ka je wurin wanda ka amince da shi.",
    "yo": "Ẹ ṣé tí ẹ sọ fún mi. Ọ̀rọ̀ yìí ṣe pàtàkì, kì í sì í ṣe ẹ̀bi yín. Olùrànlọ́wọ́ ni mí, mi ò lè dá yanjú rẹ̀,"
    " nítorí náà mo ti sọ fún {adults} ní {school} báyìí; wọn yóò bá yín sọ̀rọ̀. Bí ẹnikẹ́ni bá wà nínú ewu báyìí, ẹ pe"
    " {emergency} tàbí ẹ lọ bá ẹni tí ẹ fọkàn tán.",
    "ig": "Daalụ maka ịgwa m. Ihe a dị mkpa, ọ bụghịkwa gị kpatara ya. Abụ m onye inyeaka, enweghị m ike idozi ya naanị m,"
    " ya mere agwala m {adults} na {school} ugbu a; ha ga-agwa gị okwu. Ọ bụrụ na mmadụ nọ n'ihe egwu ugbu a, kpọọ"
    " {emergency} ma ọ bụ gakwuru onye ị tụkwasịrị obi.",
    "fr": "Merci de me l'avoir dit. C'est important, et ce n'est pas votre faute. Je suis un assistant et ne peux pas aider"
    " seul : j'ai prévenu {adults} à {school} à l'instant ; vous serez contacté(e). Si quelqu'un est en danger maintenant,"
    " appelez le {emergency} ou allez vers une personne de confiance.",
}
SOMEBODY = {
    "en": "the adults responsible for children's safety", "pcm": "the people wey dey look after pikin dem",
    "ha": "masu kula da lafiyar yara", "yo": "àwọn tó ń bójú tó ààbò àwọn ọmọ", "ig": "ndị na-elekọta nchekwa ụmụaka",
    "fr": "les responsables de la protection des enfants",
}  # fmt: skip
EMERGENCY = {"NG": "112", "GH": "112", "KE": "999", "ZA": "112", "GB": "999", "FR": "112"}
ANYWHERE = "112"


def words(language: str, school: str, adults: list[str], emergency: str) -> str:
    """The answer to a message that suggests harm, naming who was told."""
    tongue = language if language in WORDS else "en"
    told = ", ".join(adults[:3]) if adults else SOMEBODY[tongue]
    return WORDS[tongue].format(adults=told, school=school, emergency=emergency)


def emergency_number(country: str, options: dict[str, object]) -> str:
    """The number the school gave, or the country's."""
    return str(options.get("emergency_number") or EMERGENCY.get(country, ANYWHERE))
