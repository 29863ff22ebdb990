"""The bank: credits earned by sacrifices, lent at terms that follow trust."""
