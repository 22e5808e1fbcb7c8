"""The table of contents: what the tool does, one function per thing.

open_application                          read the catalogues, open the database
create_organisation  change_organisation  organisations
start_round  close_round  reopen_round  standing  next_step
questionnaire  answer                     the organisation's one voice, item by item
result  progress                          where it stands, whether it moves
recognition_of  reliability_of            how differently people see it
fill_demo                                 the sample company
"""

from dxassess.usecases.answering import answer, questionnaire
from dxassess.usecases.application import Application, open_application
from dxassess.usecases.organisations import change_organisation, create_organisation, organisations
from dxassess.usecases.progress import progress
from dxassess.usecases.recognition import recognition_of, reliability_of
from dxassess.usecases.result import result
from dxassess.usecases.rounds import close_round, next_step, reopen_round, standing, start_round

__all__ = [
    "Application",
    "answer",
    "change_organisation",
    "close_round",
    "create_organisation",
    "next_step",
    "open_application",
    "organisations",
    "progress",
    "questionnaire",
    "recognition_of",
    "reliability_of",
    "reopen_round",
    "result",
    "standing",
    "start_round",
]
