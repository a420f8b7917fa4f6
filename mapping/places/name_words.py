"""Words that carry no identity in the names of European hospitals, and phrases that mean the same in several languages.

Written from the names in ``data/raw``; all words are folded (see :func:`mapping.places.names.fold`).
"""

CITY_NOISE = frozenset({"cedex", "cdx", "n", "c", "o", "s", "scotland", "england", "wales"})
"""Postal additions to the name of a town."""

SYNONYMS = {
    "universitair ziekenhuis": "universityhospital",
    "universitaire ziekenhuizen": "universityhospital",
    "universitair medisch centrum": "universityhospital",
    "universitaire medische centra": "universityhospital",
    "university medical center": "universityhospital",
    "university medical centre": "universityhospital",
    "university hospital": "universityhospital",
    "university hospitals": "universityhospital",
    "university clinic": "universityhospital",
    "university medicine": "universityhospital",
    "university of hospital": "universityhospital",
    "medical university": "universityhospital",
    "medizinische universitat": "universityhospital",
    "medizinische hochschule": "universityhospital",
    "centre hospitalier regional universitaire": "universityhospital",
    "centre hospitalier universitaire": "universityhospital",
    "hopitaux universitaires": "universityhospital",
    "cliniques universitaires": "universityhospital",
    "hospital clinico universitario": "universityhospital",
    "hospital clinico": "universityhospital",
    "hosp clinico univ": "universityhospital",
    "hospital universitario": "universityhospital",
    "hospital universitari": "universityhospital",
    "complejo asistencial universitario": "universityhospital",
    "complejo hospitalario universitario": "universityhospital",
    "complexo hospitalario universitario": "universityhospital",
    "azienda ospedaliero universitaria": "universityhospital",
    "fakultni nemocnice": "universityhospital",
    "uniwersyteckie centrum kliniczne": "universityhospital",
    "uniwersytecki szpital kliniczny": "universityhospital",
    "universitetssjukhuset": "universityhospital",
    "universitetshospital": "universityhospital",
    "universitatsklinikum": "universityhospital",
    "universitats klinikum": "universityhospital",
    "universitatsklinik": "universityhospital",
    "universitatsspital": "universityhospital",
    "universitatsmedizin": "universityhospital",
    "uniklinik": "universityhospital",
    "uniklinikum": "universityhospital",
    "chu": "universityhospital",
    "chru": "universityhospital",
    "uz": "universityhospital",
    "umc": "universityhospital",
    "fn": "universityhospital",
    "rechts der isar": "rechtsderisar",
    "vall hebron": "vallhebron",
    "vall d hebron": "vallhebron",
    "vall dhebron": "vallhebron",
    "valle de hebron": "vallhebron",
    "san juan de dios": "sjd",
    "sant joan de deu": "sjd",
    "12 de octubre": "doceoctubre",
    "la fe": "lafe",
    "la paz": "lapaz",
    "st": "saint",
    "san": "saint",
    "sant": "saint",
    "santa": "saint",
    "sint": "saint",
}
"""Folded phrase -> one word; longer phrases of the same start stand first."""

_HOSPITAL = """
hospital hospitals hopital hopitaux hospitalier hospitaliers ospedale ospedali ospedaliera ospedaliero krankenhaus
klinikum kliniken klinik klinika klinice clinic clinica clinico clinique cliniques klinicky kliniczny klinikai
ziekenhuis ziekenhuizen sygehus sjukhus sjukhuset sairaala nemocnice szpital spital spitalul hosp sykehus hospices
centre center centro centrum centra zentrum medical medicine medizin medisch medische medica sanitaria policlinico
presidio complejo complexo azienda ao aou asst irccs fondazione foundation fundacion fundacio fundazione institute
institut instituto istituto instytut campus site location locatie pavillon groupement gh chr ch general gral generale
region regional regionale grande gran haus health healthcare board service services care
"""
_UNIVERSITY = """
university universitat universitaet universidad universite universita universiteit univ universitario universitari
universitaria universitaire universitair universityhospital uniwersytet uniwersytetu universitare universitet
universitary univeristy universitetssykehus yliopistollinen orvos hochschule faculty fakultat school college academic
academisch akademie academy medizinische medizinischen medizinischer medycznego medyczne tu technische technical
technischen egyetem universitatskliniken dept
"""
_LEGAL = """
nhs trust ft gmbh ggmbh ag spa srl sa sl sp zoo kg ev aor eric ltd limited bv nv inc oy ab as eod ead hf epe e p aphp
oz zz ziemi im prof dr med mvz gemeinschaftspraxis praxis
"""
_DEPARTMENT = """
department departments departement departamento dipartimento depatment abteilung abt klinik poliklinik service
servicio sevice unit unite unita unidad uo usc usd division div section sektion ward laboratory laboratorio labor lab
clinical trials trial research forschung studienzentrum study studien haematology hematology hamatologie hematologie
hematologia ematologia haematologie oncology onkologie oncologie oncologia oncologica onkologii internal innere
inneren internistische medicine medizin medicina dermatology dermatologie dermatologia venerologie allergologie
pediatric pediatrics paediatric pediatria padiatrie paediatrics paediatrische kinderheilkunde jugendmedizin kinder
jugend orthopaedic orthopedic orthopadie orthopadische cirugia chirurgie chirurgia ortopedica traumatologia
traumatology surgery cardiology cardiologie kardiologie kardiologii neurology neurologia neurologie nephrology
nefrologia dialysis dialisi transplant transplantation stammzelltransplantation cell cellular therapy therapies
therapie terapia gene gmp facility clean room rooms cleanroom car t production manufacturing atmp eye ophthalmology
otolaryngology pneumologie neumologia gastroenterologie hepatologie hematologiska kliniken adults adult only
pediatrique pediatriques angiologie gefasszentrum wundzentrum hautklinik hautkrankheiten allgemeine plastische
asthetische allogene i ii iii iv v wien hamostaseologie immunologie rheumatologie advanced unitat terapies processing
platform development stem tissue bank early phase fas 1 enheten hemato reanimation medicale studienzentrale klinische
sala blanca cornea trauma hematologii maxillofacial oral spine innenstadt inst adolescents jeunes adultes
"""
_JOINING = """
the of and for at in de del della dell delle degli di da do la le les el los las l d du des der die das den dem fur
fuer fr und et y i e en van voor het im am an a au aux bei zu zur zum w we z na og och av by with von il per sua
france germany austria stadt ntra nustra senora
"""
_WEAK = """
active agency assistance bambini blood cancer catala catalan children childrens citta comprehensive enfants european
infantil infirmary international kinder maria metropolitano multiprofile nacional narodowy national new oncologia
oncologie oncology onkologii ortopedico pediatrico publique royal saint salute santa scienza state teaching treatment
"""
_CHILDREN = """
children childrens enfants infantil infantile kinder kinderklinik kinderspital ormond pediatrico
"""
_PARTS = """
abt abteilung cancerstudieenheten chirurgie cirugia cornea departamento departement department departments depatment
dept dermatology dipartimento div division ematologia eye fuer fur gemeinschaftspraxis haematology haemophilia
hamatologie hematologie hematology laboratory maxillofacial medizinische nefrologia neurologia neurology oncology
onkologie orthopaedic orthopedic poliklinik section sektion service servicio sevice studienzentrum unidad unit unite
uo usc usd ward
"""

GENERIC = frozenset(word for block in (_HOSPITAL, _UNIVERSITY, _LEGAL, _DEPARTMENT, _JOINING) for word in block.split())
"""Folded words that never tell one hospital from another."""

WEAK = frozenset(_WEAK.split())
"""Folded words that many places share: they count in a comparison, but a name is not recognised by them alone."""

CHILDREN = frozenset(_CHILDREN.split())
"""Folded words of children's hospitals, which are places of their own."""

DEPARTMENT_WORDS = frozenset(_PARTS.split())
"""Folded words that mark a name as that of a part of a hospital."""
