"""Pages of the Forum's votes: answering and reading them, conducting them, notes of dissent."""

from portal.web.adoption import answering, conducting, dissent
from portal.web.adoption.blueprint import bp

__all__ = ["answering", "bp", "conducting", "dissent"]
