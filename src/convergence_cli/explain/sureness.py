"""Topics: how sure a number is."""

from __future__ import annotations

from .topic import OWN, Chapter, Topic

PENFIELD = "Penfield 2003, Psychological Methods 8:149-163"

INTERVAL = Topic(
    name="interval",
    also=("S7", "likely", "range", "interval_reason", "low", "high", "population"),
    title="Interval of a group's answers to one question",
    plain="The interval is where the mean would likely lie had everybody in the group answered.",
    formula="""\
V = mean / 100,  M = c n
P(V, M) = (2MV + z^2 -+ z sqrt(4MV(1-V) + z^2)) / (2(M + z^2)),  z = 1.96
t interval = mean -+ t sqrt(s^2 / n),  n - 1 degrees of freedom
interval = the range of both, not outside 0 to 100
with N known: the t half-width times sqrt(1 - n/N), and P for the N - n
unseen: M = c / (1/n + 1/(N-n)), each end e becoming (n mean + (N-n) e) / N""",
    range="Points from 0 to 100, at 95 %. c is 1 for two options, yes-no and several options, and wherever "
    "every answer lies at an end of the scale; else 2. A number or a ratio has the t interval alone. A "
    "dimension and the overall: `composite-interval`.",
    missing="Only answers count. There is no interval, and the JSON says why, for one answer or for a group "
    "in which everybody answered.",
    why="Student's t alone fails when all agree near an end of the scale, Penfield's alone when opinions "
    "split; the range of both covers either. 95 % is nominal. What `benchmarks/coverage.py` finds, worst "
    "first. Answers that all lie at the ends: .87 for four people split in halves, .88 for two people, .91 "
    "for three, six and nine, .92 or more for others. Options between are used: .92 or more. Numbers with a "
    "long tail: .85 for three people, .87 for five, .91 for eight.",
    not_shown="Nothing about people who kept away because they are unlike the rest: no formula knows them. "
    "No p-values and no stars.",
    source=f"Student 1908, Biometrika 6:1-25; {PENFIELD}; finite population: Cochran 1977, Sampling "
    "Techniques, chapter 2.",
)
COMPOSITE = Topic(
    name="composite-interval",
    also=("overall-interval", "dimension-interval"),
    title="Interval of a dimension and of the overall",
    plain="The likely range of a mean of several questions, from how the people differ as a whole, since "
    "one person's answers go together.",
    formula="""\
z_i = sum over answered q of  a_q w_gq (n_g / n_gq) (x_iq - m_gq)
V_g = (1 - n_g/N_g) sum(z_i^2) / (n_g (n_g - 1)),   V = sum of V_g
t interval = score -+ t sqrt(V),
             V^2 / sum(V_g^2 / (n_g - 1)) degrees of freedom
score interval = F + 100 W P((score - F) / (100 W), M),
                 M = k W^2 / sum(W_g^2 (1 - n_g/N_g) / n_g)
k = v / s~^2,    v = V'(1 - V'),  V' = (score - F) / (100 W)
                 s~^2 = ((n - 1) s^2 + 2 v) / n,  n = W^2 / sum(W_g^2 / n_g)
                 s^2 = n V / (100 W)^2, V without the factors 1 - n_g/N_g
interval = the range of both, not outside F to F + 100 W""",
    range="Points from 0 to 100, at 95 %. a_q: the weight of question q in the whole; w_gq: the group's "
    "share of the question; n_g: its people who answered any question of the composite; n_gq, m_gq: how many "
    "answered q, and their mean; W_g: the sum of a_q w_gq, W the sum of those; F: the facts' part of the "
    "score; P as under `interval`; k: how many yes-no answers one person's answers are worth, at least 1, at "
    "most half the number of opinion questions or 2 if that is more, never above 4; 1 for a single question "
    "with two options and where v is 0. In n, s and the W beside them a group that answered whole is left "
    "out.",
    missing="Somebody who skipped a question is at the group's mean there. No interval when all are facts, "
    "when everybody answered, or when one person answered for a group of more. Where V is 0 the score "
    "interval stands alone.",
    why="Questions answered by the same people are not independent, and treating them as if they were gives "
    "a range that is too narrow. So k falls as people differ more than questions apart would make them. 95 % "
    "is nominal. What `benchmarks/coverage.py` finds, worst first, for yes-no questions that people answer "
    "nearly alike, five people a group or more: .80 with twenty questions, .89 with eight, .91 with four. By "
    "chance nobody of the few who think otherwise was asked then, and nothing in the answers tells. Three "
    "people beside nine: .86. Answers that gather about a middle: .95 or more.",
    not_shown="In a confidential file V_g comes from counts alone, (1 - n_g/N_g) (sum of a_q w_gq s_gq / "
    "sqrt(n_gq))^2, and n_g is the fewest answers to one question: z_i and n_g would join one person's "
    "answers. The range is the wider for it. A whole that counts numbers of each person has none there: of "
    "those only mean and sd are shown. Nor have facts any.",
    source="Taylor linearisation: Särndal, Swensson and Wretman 1992, Model Assisted Survey Sampling, "
    "chapter 5; degrees of freedom: Welch 1947, Biometrika 34:28-35, and Satterthwaite 1946, Biometrics "
    f"Bulletin 2:110-114; {PENFIELD}; k is the design effect turned round, Kish 1965, Survey Sampling; that "
    "two people are taken to differ by v is our own.",
)
TOP_TWO = Topic(
    name="top-two",
    also=("S11", "top_two", "shares", "wilson", "k"),
    title="Top two",
    plain="How many people chose one of the two best options, of how many who answered.",
    formula="""\
k = answers in the two best options,  V = k / n
bounds = (2nV + z^2 -+ z sqrt(4nV(1-V) + z^2)) / (2(n + z^2)),  z = 1.96""",
    range="k of n people; the bounds are shares from 0 to 1, at 95 %.",
    missing="n counts answers alone.",
    why="Only on scales of five options or more: two of three or four options are no top. Wilson's bounds "
    "keep their promise in small groups, where the textbook's do not.",
    not_shown="No percentage without its count below 20 answers: 80 % of five people is four people.",
    source="Wilson 1927, Journal of the American Statistical Association 22:209-212; Brown, Cai and DasGupta "
    "2001, Statistical Science 16:101-133.",
)
ROUNDING = Topic(
    name="rounding",
    also=("decimals",),
    title="Rounding",
    plain="Text shows whole points, rounded half up; the JSON has every number unrounded.",
    formula="""\
shown = floor(points + 1/2)
a difference is rounded from the unrounded values""",
    range="Whole points.",
    missing="Null stays null.",
    why="A decimal would promise a sureness that twenty answers cannot give. A level looks at the unrounded "
    "score: 39.9 is shown as 40, and is below 40.",
    not_shown="No decimals on points, and none on a share below 20 answers. So two shown numbers may differ "
    "by one from the shown difference.",
    source=OWN,
)
SAME = Topic(
    name="same",
    also=("S15", "inputs", "sha256", "rules"),
    title="The same files give the same bytes",
    plain="Two runs on the same files print the same bytes, so a number can be checked by anybody later.",
    formula="""\
result = f(files, options)
sha256 of each input, and the number `rules` of the rules that computed it""",
    range="`rules` is raised by any change of the program that can move a number.",
    missing="The sha256 of confidential answers and facts is null: a small file could be guessed from it.",
    why="No random numbers and no clock, but for the day on which plans are counted, which is printed.",
    not_shown="No path and no name of a computer.",
    source=OWN,
)
CHAPTER = Chapter(
    "How sure",
    "What the number of answers allows to say.",
    (INTERVAL, COMPOSITE, TOP_TWO, ROUNDING, SAME),
)
