"""Invented people: given and family names of several peoples of Nigeria, put together at random."""

from dataclasses import dataclass
from random import Random

_GIVEN: dict[str, dict[str, str]] = {
    "yoruba": {
        "female": "Adéọlá Bọ́láńlé Yétúndé Fọlákẹ́ Morẹ́nikẹ́ Títílayọ̀ Àbíkẹ́ Ìyábọ̀ Ayọ̀mídé Tèmítọ́pẹ́ Dámilọ́lá Ẹniọlá Simisọ́lá Fúnmiláyọ̀ Ọmọlará "
        "Àdùkẹ́ Ìfẹ́olúwa Mojísọ́lá Kẹ́hìndé Ọláìtán",
        "male": "Adébáyọ̀ Olúmídé Táíwò Kọ́lápọ̀ Ṣẹ́gun Babátúndé Ayọ̀délé Dàmọ́lá Fẹ́mi Gbénga Ìdòwú Káyọ̀dé Lékè Mobọ́lájí Níyì Ọláwálé "
        "Rótìmí Ṣọlá Tọ́míwá Yínká",
        "family": "Adégbuyì Ọlátúnbọ̀sún Akíndélé Fáladé Ògúnlànà Oyèníyì Ọdẹ́yẹmí Adéníran Àkànbí Olúfowóbi Awótúndé Fágbèmí Ìdòwú Kújoré Ládipọ̀ "
        "Oyèdèjì Ṣówándé Bámgbọ́pá Ayọ̀túndé Ejídé",
    },
    "igbo": {
        "female": "Adaeze Chiamaka Ngozi Ifeoma Nneka Uchechi Obiageli Chinwe Amarachi Ebere Kosisochukwu Nkiruka Ogechi Somtochukwu Ujunwa "
        "Akunna Chidimma Ezinne Ihuoma Onyinye",
        "male": "Chukwuemeka Obinna Ikenna Kelechi Nnamdi Uchenna Chidubem Ebuka Ifeanyi Okechukwu Somadina Tobenna Ugochukwu Arinze Chibuzor "
        "Dozie Kenechukwu Nonso Olisa Zimuzo",
        "family": "Umeadi Nwachukwu Okorie Anyadike Ezeilo Mbachu Nwafor Obiechina Onwuasoanya Udeh Ibekwe Chukwuma Agbakoba Nzeribe Uzochukwu "
        "Akabueze Ohakwe Egwuatu Iloka Amadi",
    },
    "hausa": {
        "female": "Halima Zainab Hauwa Rakiya Salamatu Asabe Binta Fatsuma Jummai Ladidi Maryam Nafisa Rahila Sa'adatu Talatu Umma Yelwa Zulai "
        "A'isha Kande",
        "male": "Abdulsalam Bashir Danladi Garba Haruna Ibrahim Jibril Kabiru Lawal Mansur Nuhu Rabi'u Sani Tanimu Umaru Yakubu Zubairu Auwal "
        "Bala Dauda",
        "family": "Danbaba Gwarzo Katsina Wushishi Maiyaki Sarkinfada Tukur Galadanchi Jibrin Kwairanga Mailafia Rabo Shekarau Takai Zungeru "
        "Birma Dutse Ringim Madaki Yamusa",
    },
    "south": {
        "female": "Osarieme Itohan Efe Ebiere Tonye Boma Ekaette Idara Utibe Nsikan Ese Oghogho Ivie Timipre Ibinabo Mfon Aniema Onome Rukevwe Ufuoma",
        "male": "Osahon Ehigie Tamuno Ebikeme Ubong Itoro Nsikak Oghenekaro Efemena Osaretin Preye Dein Soibi Aniekan Edidiong Ejiro Tarila Ukeme "
        "Osas Mudiaga",
        "family": "Idehen Briggson Udofot Omorodion Ebiegberi Tamunoigbo Akpabot Ekwere Oghenejobo Efemuaye Aghedo Eguavon Inimgba Jumbo-Dakoru "
        "Etukudo Ibanga Okpara-Ede Osagiede Ubogu D'Alberto",
    },
    "middle": {
        "female": "Doosuur Nguveren Ene Ladi Mwuese Onyeche Ladini Sewuese Ochanya Kaka Lyop Nanret Yop Rimamnde Iveren",
        "male": "Terna Aondover Ochefu Sunom Msugh Ortese Pam Gyang Nanpon Agaba Tersoo Ejeh Rimam Zhema Dachung",
        "family": "Tyoapine Agbakor Ochigbo Davou-Pwajok Iorwuese Ogwiji Gyangson Atsenga Ejembi Nyamson Rimamsikwe Utsaha Onazi Wuyep Zakson",
    },
}  # fmt: skip
_PEOPLES = ("yoruba", "igbo", "hausa", "south", "middle")
_SHARES = (36, 28, 12, 16, 8)


@dataclass(frozen=True, slots=True)
class Named:
    given: str
    other: str
    family: str
    gender: str


class Register:
    """Names given out so far, so that no two people of the school are called the same."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.taken: set[tuple[str, str]] = set()

    def people(self) -> str:
        return self.random.choices(_PEOPLES, _SHARES)[0]

    def family(self, people: str) -> str:
        return self.random.choice(_GIVEN[people]["family"].split())

    def person(self, people: str, family: str, gender: str | None = None) -> Named:
        """A new name in a family; one in five also carries a second given name."""
        chosen = gender or self.random.choice(("female", "male"))
        given = self.random.choice(_GIVEN[people][chosen].split())
        while (given, family) in self.taken:
            people = self.random.choice(_PEOPLES)
            given = self.random.choice(_GIVEN[people][chosen].split())
        self.taken.add((given, family))
        other = self.random.choice(_GIVEN[people][chosen].split()) if self.random.random() < 0.2 else ""
        return Named(given, "" if other == given else other, family, chosen)
