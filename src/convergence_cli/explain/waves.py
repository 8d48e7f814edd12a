"""Topics: two waves held against each other."""

from __future__ import annotations

from .topic import OWN, Chapter, Topic

CHANGE = Topic(
    name="change",
    also=("S16", "compare", "in_both", "by_facts", "answers_interval"),
    title="Change between two waves",
    plain="A change is the new score minus the old; it is reliable when the likely range of what answers "
    "changed excludes 0.",
    formula="""\
change = new - old
V = sum over groups of  V_old + V_new - 2 C
C = r n_both / sqrt(n_old n_new) sqrt(V_old V_new),  where n_both > 1
interval = change -+ t sqrt(V)
answers_interval = interval - what facts moved (`causes`)
degrees of freedom of a group: n - 1 when everybody is in both waves,
  Welch's when nobody is, else the smaller wave's n - 1;
  of all: V^2 / sum(V_g^2 / df_g)
a wave where a group agrees, V_g = 0: V_g = s^2 / n,  with
  s^2 = sum of (n - 1) n V_g over both waves / (n_old + n_new - 2)""",
    range="Points from -100 to 100, at 95 %. V_old and V_new as under `composite-interval`, without the "
    "correction for a known population; r is the correlation of z_i between the waves, 0 if either is "
    "constant. Simulated false alarms over 768 configurations (`benchmarks/changes.py`): 2 % on average, and "
    "at most 8 %; where three people stand against twelve, 10 %.",
    missing="No interval with fewer than two people of a group in a wave, where a group agrees in both, when "
    "V is 0, or when a question in it has a score in one wave alone: such a score is not made of the same "
    "questions in both. A fact that was stated in one wave and counted by the plans in the other is in no "
    "score of either. Where one wave is confidential nobody is followed: C = 0, n_g is the fewest answers to "
    "one of the questions, and numbers that people gave have no interval.",
    why="People who answer twice carry their view along, and a change among them is surer than one between "
    "strangers. For one question and one group these are the paired and Welch's t intervals exactly. Facts "
    "are known and not sampled: what they move is told apart, and is no reliable change of anybody's view. "
    "A few who agree are not certain: the other wave shows how far people differ.",
    not_shown="No two intervals held side by side: that they overlap does not mean that nothing changed.",
    source="Overlapping samples: Kish 1965, Survey Sampling, chapter 12; Welch 1947, Biometrika 34:28-35; "
    "Satterthwaite 1946, Biometrics Bulletin 2:110-114.",
)
CAUSES = Topic(
    name="causes",
    also=("cause", "split"),
    title="What made the change",
    plain="A change has three parts that sum to it: facts, people who answered differently, and other "
    "people.",
    formula="""\
facts   = score of the old answers with the new facts - old score
answers = of those in both waves, the new answers put in for the old
people  = the rest: who joined, and who left""",
    range="Points; they sum to the change.",
    missing="Whoever changes group left one and joined the other. No parts where a question lost its score "
    "or gained one by other answers or people: neither brought that about.",
    why="A score can rise because the critics left. The order is fixed, so that two runs cannot differ "
    "by it.",
    not_shown="Where one wave is confidential nobody is followed, so there are no parts: what facts move is "
    "told, as no answer is in it, and the rest stands undivided.",
    source="Decomposition in a fixed order, as in Kitagawa 1955, Journal of the American Statistical "
    "Association 50:1168-1194. The order: " + OWN[0].lower() + OWN[1:],
)
CHAPTER = Chapter("Two waves", "What changed from one wave to the next.", (CHANGE, CAUSES))
