"""The bank: exact amounts, the rules of its ledger, and what they come to at the week's end."""

from pysched.bank.amount import cents_of, credits_of, split
from pysched.bank.book import Book
from pysched.bank.ledger import RefusedError, effect_of, mirror
from pysched.bank.profile import BankProfile, bank_profile
from pysched.bank.transaction import Posting, Transaction, person

__all__ = [
    "BankProfile",
    "Book",
    "Posting",
    "RefusedError",
    "Transaction",
    "bank_profile",
    "cents_of",
    "credits_of",
    "effect_of",
    "mirror",
    "person",
    "split",
]
