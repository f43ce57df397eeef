"""Who is in the campaign, and what they do where and when."""

from __future__ import annotations

from campaign.models.event import Event
from campaign.models.group import Group, StatementSignature
from campaign.models.join_request import JoinRequest
from campaign.models.joint_action import JointAction

__all__ = ["Event", "Group", "JoinRequest", "JointAction", "StatementSignature"]
