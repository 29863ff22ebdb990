"""A small scenario as texts, to be bent by each test."""

from __future__ import annotations

from pathlib import Path

from pysched.instance import InstanceError, Problem, read_scenario

NETWORK = """\
name: small
horizon: {first_day: 2023-05-29, last_day: 2023-06-11}
calendar: {timezone: Europe/Rome, country: IT, subdivision: FE, major: [Pasqua, "08-15"]}
hospitals:
  cona: {name: Cona, main: yes}
  cento: {name: Cento, main: no}
  delta: {name: Delta, main: no}
travel:
  - {from: cona, to: cento, minutes: 45}
  - {from: delta, to: cona, minutes: 50}
  - {from: cento, to: delta, minutes: 80}
categories:
  ward: {grade: minor, wanted: no}
  night: {grade: major, wanted: no}
tasks:
  T1:
    name: Ward
    kind: ward
    category: ward
    hospital: cona
    days: [mon, tue]
    start: "08:00"
    end: "13:00"
    credited_minutes: 300
    essential: yes
    public_holidays: skip
  T2: {name: Night, kind: on_call, category: night, hospital: cona, days: [fri], start: "20:00",
    end: "08:00", credited_minutes: 0, essential: yes, public_holidays: as_usual}
  T3: {name: Clinic, kind: clinic, category: ward, hospital: delta, days: [sat], start: "09:00",
    end: "12:00", credited_minutes: 180, essential: no, public_holidays: also}
physicians:
  P1: {status: senior, weekly_hours: 38, seniority_years: 24}
  P2: {status: expert, weekly_hours: 19, seniority_years: 10.5, style: steady, name: Piera}
  P3: {status: resident, weekly_hours: 38, seniority_years: 0, mentor: P1}
skills:
  P1: [T1, T2, T3]
  P2: [T1, T2]
  P3: [T1, T3]
rules:
  limits: {max_nights: 2, target_hours_per_day: 6.5}
  weights: {memory: {major: 9}, team: {like: 0}}
  levels: {hours: 2}
"""

TEXTS = {
    "network.yaml": NETWORK,
    "absences.csv": """\
physician,first_day,last_day,kind
P1,2023-06-05,2023-06-06,vacation
P1,2023-06-08,2023-06-09,congress
""",
    "closures.csv": "task,first_day,last_day,reason\nT2,2023-06-08,2023-06-09,works\n",
    "requests.csv": """\
physician,day,kind,what,weight
P2,2023-06-01,day_off,,5
P2,2023-06-02,shift_off,night,100
P3,2023-05-29,avoid_task,T1,1
""",
    "pins.csv": "day,task,physician\n2023-05-29,T1,P1\n2023-05-30,T1,P2\n",
    "history.csv": "day,task,physician\n2023-05-26,T2,P1\n",
    "by_hand.csv": "day,task,physician\n2023-05-29,T1,P3\n",
    "agreements.csv": """\
physician,kind,value
P1,free_weekday,fri
P2,no_nights,
P2,max_per_week,ward:3
P3,not_at_hospital,cento
""",
    "suitability.csv": "physician,task,suitability\nP1,T1,0\nP2,T1,100\n",
    "pairs.csv": "physician,other,kind\nP1,P2,avoid\nP1,P3,like\n",
    "geography.csv": "task,then_task,reason\nT1,T3,far\n",
}


def write(folder: Path, texts: dict[str, str]) -> Path:
    """Write the texts into a folder and return it."""
    for file, text in texts.items():
        (folder / file).write_bytes(text.encode())
    return folder


def bent(file: str, old: str, new: str) -> dict[str, str]:
    """Return the small scenario with the first `old` in one file replaced."""
    assert old in TEXTS[file]
    return TEXTS | {file: TEXTS[file].replace(old, new, 1)}


def problems_of(folder: Path) -> list[Problem]:
    """Return what is wrong with a folder, nothing if it can be read."""
    try:
        read_scenario(folder)
    except InstanceError as error:
        return error.problems
    return []


def warnings_of(folder: Path, file: str, old: str, new: str) -> list[Problem]:
    """Return the warnings that a change adds to those of the small scenario."""
    before = {str(warning) for warning in read_scenario(write(folder, TEXTS)).warnings}
    warnings = read_scenario(write(folder, bent(file, old, new))).warnings
    return [warning for warning in warnings if str(warning) not in before]
