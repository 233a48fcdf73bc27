"""Word lists of the planner: what carries no request, what opens one, and what is no name."""

_STOP = """
a an the of in on at for to from by with and or is are was were be been am do does did has have had we our you your this that
these those please can could would will shall should just so as about into there here let us get want need like under over
any some more up down out off very now today also if than but between among through before after during within across upon
along around away back only even still really quite rather much ones thing things stuff way because while until since yet too
again once ever never always kind sort lot bit he she him her his hers they their theirs them it its itself actually currently
presently sir ma madam ok okay well hello hi hey dear oh oops sorry thanks thank
"""
_OPENERS = """
show list find tell send publish record set mark open give who what which when where how why did is are was were does explain
draft schedule cancel add remove undo import export generate create make compare check let print text email remind upload save
release notify message call take put
"""
_DAYS_AND_ORDINALS = """
monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october
november december today term class first second third
"""
_NO_NAMES = """
I SMS CA ID PDF PIN API CSV XLSX WAEC NECO JSS SS WhatsApp Email Slack Excel Word First Second Third Term Easter Christmas Monday
Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August September October November
December Who What Which When Where How Why That This It Everybody Everyone Nobody All
"""
NO_ORDERS = frozenset(
    {
        "all",
        "everybody",
        "everyone",
        "here",
        "i",
        "the",
        "my",
        "student",
        "class",
        "subject",
        "teacher",
        "level",
        "guardian",
        "parents",
        "mr",
        "mrs",
        "new",
    }
)
STOP = frozenset(_STOP.split())
OPENERS = frozenset(_OPENERS.split())
DAYS_AND_ORDINALS = frozenset(_DAYS_AND_ORDINALS.split())
NO_NAMES = frozenset(_NO_NAMES.split())
