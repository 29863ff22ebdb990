"""The weekly problem as a model of linear constraints for CP-SAT.

It was written from the description of the rules and knows the nouns of the model alone, so that
where it agrees with the encodings and with the checker, three readings agree.
"""

from .pricing import price
from .solving import Outcome, solve

__all__ = ["Outcome", "price", "solve"]
