"""The table of contents: what the tool does, one function per thing.

open_application                          read the catalogues, open the database
create_organisation  change_organisation  organisations
start_round  correct_round  close_round  reopen_round  standing  next_step
questionnaire  answer                     the organisation's one voice, item by item
open_workshop  workshop_of  turnout_of    a vote of many: who is there, how far they are
reveal  open_second_vote  end_talk        from phase to phase, whoever is first
invite_openly  invite_person  invite_people  invite_again  invitations_of  revoke
participants_of  remove_person            who takes part
welcome  join  invited_to  move_device    from a link to a seat
ballot_of  standing_of  cast              one person's own votes
hand_out  hand_out_again  read_papers  enter_papers   the same on paper
change_role  add_role  hide_role  role_choices
board  focus_on  set_talk  set_importance                the facilitator's board
decide  decisions_of  decision_record     what was agreed, and why
result  progress                          where it stands, whether it moves
plan_round  start_planned  start_pulse    when it is measured next, and in part (in `rhythm`, `pulse`)
recognition_of  reliability_of            how differently people see it
rater_flags                               signs that votes say less than they seem to
fill_demo                                 the sample company

In modules of their own, named by their word: `planning`, `actions`, `outlook`, `realism` (from gap to plan), `starting` (a small start),
`kpis`, `effects` (what it brought); `movement` (why a value moved, in parts that add up), `comparison` (rounds side by side), `arrival`
(when a target is reached), `asof` (as recorded on a day), `rhythm`, `pulse`, `promises` (when to measure, and what was promised),
`bridge` (across editions), `catalogues`, `counterparts` (a workbook becomes an edition).
"""

from dxassess.usecases.answering import answer, questionnaire
from dxassess.usecases.application import Application, open_application
from dxassess.usecases.ballot import ballot_of, cast, change_role, standing_of
from dxassess.usecases.board import board, focus_on, set_importance, set_talk
from dxassess.usecases.decisions import decide, decision_record, decisions_of
from dxassess.usecases.invitations import (
    invitations_of,
    invite_again,
    invite_openly,
    invite_people,
    invite_person,
    invited_to,
    join,
    move_device,
    participants_of,
    remove_person,
    revoke,
    welcome,
)
from dxassess.usecases.organisations import change_organisation, create_organisation, organisations
from dxassess.usecases.paper import enter_papers, hand_out, hand_out_again, read_papers
from dxassess.usecases.progress import progress
from dxassess.usecases.raters import rater_flags
from dxassess.usecases.recognition import recognition_of, reliability_of
from dxassess.usecases.result import result
from dxassess.usecases.roles import add_role, hide_role, role_choices
from dxassess.usecases.rounds import (
    close_round,
    correct_round,
    next_step,
    reopen_round,
    standing,
    start_round,
)
from dxassess.usecases.workshop import (
    end_talk,
    open_second_vote,
    open_workshop,
    reveal,
    turnout_of,
    workshop_of,
)

__all__ = [
    "Application",
    "add_role",
    "answer",
    "ballot_of",
    "board",
    "cast",
    "change_organisation",
    "change_role",
    "close_round",
    "correct_round",
    "create_organisation",
    "decide",
    "decision_record",
    "decisions_of",
    "end_talk",
    "enter_papers",
    "focus_on",
    "hand_out",
    "hand_out_again",
    "hide_role",
    "invitations_of",
    "invite_again",
    "invite_openly",
    "invite_people",
    "invite_person",
    "invited_to",
    "join",
    "move_device",
    "next_step",
    "open_application",
    "open_second_vote",
    "open_workshop",
    "organisations",
    "participants_of",
    "progress",
    "questionnaire",
    "rater_flags",
    "read_papers",
    "recognition_of",
    "reliability_of",
    "remove_person",
    "reopen_round",
    "result",
    "reveal",
    "revoke",
    "role_choices",
    "set_importance",
    "set_talk",
    "standing",
    "standing_of",
    "start_round",
    "turnout_of",
    "welcome",
    "workshop_of",
]
