"""The economy study: physicians over years, with the mechanisms and the ledger as they are."""
