"""What people sign: petitions, wordings, signatures, tallies, paper, hand-ins."""

from petitions.models.area_count import AreaCount
from petitions.models.deletion import Deletion
from petitions.models.hand_in import CouncilReply, HandIn
from petitions.models.nightly import NightlyCheck
from petitions.models.paper import PaperBatch, PaperSheet
from petitions.models.petition import Petition
from petitions.models.place_to_ask import PlaceToAsk
from petitions.models.quarantine import HeldSignature, QuarantineRun
from petitions.models.signature import Signature
from petitions.models.tally import DailyTally
from petitions.models.wording import Wording, WordingTemplate

__all__ = [
    "AreaCount",
    "CouncilReply",
    "DailyTally",
    "Deletion",
    "HandIn",
    "HeldSignature",
    "NightlyCheck",
    "PaperBatch",
    "PaperSheet",
    "Petition",
    "PlaceToAsk",
    "QuarantineRun",
    "Signature",
    "Wording",
    "WordingTemplate",
]
