"""Columns that keep amounts, ids and JSON alike in every database."""

from __future__ import annotations

import uuid
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, BigInteger, Dialect, Numeric, Uuid
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeDecorator, TypeEngine, UserDefinedType

from pysched.bank.amount import cents_of, credits_of

JsonColumn = JSON().with_variant(JSONB(), "postgresql")
"""JSON, in PostgreSQL JSONB."""


class Cents(TypeDecorator[int]):
    """Whole hundredths of a credit; anything but an int is refused."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: int | None, dialect: Dialect) -> int | None:
        """Refuse what is not exact.

        Raises:
            ValueError: the value is no int.
        """
        if value is not None and (isinstance(value, bool) or not isinstance(value, int)):
            raise ValueError(f"cents {value!r} are no whole number")
        return value


class _PlainDecimal(UserDefinedType[Any]):
    """DECIMAL of SQLite, which keeps up to 15 digits exactly; no float comes between."""

    cache_ok = True

    def __init__(self, precision: int, scale: int) -> None:
        self.precision, self.scale = precision, scale

    def get_col_spec(self, **_: Any) -> str:
        """Return how the type is written."""
        return f"DECIMAL({self.precision}, {self.scale})"


class Exact(TypeDecorator[Decimal]):
    """A decimal of so many digits, exact in every database."""

    impl = Numeric
    cache_ok = True

    def __init__(self, precision: int, scale: int) -> None:
        """Make the column's type."""
        super().__init__(precision, scale)
        self.precision, self.scale = precision, scale

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Return DECIMAL of a database."""
        if dialect.name == "sqlite":
            return dialect.type_descriptor(_PlainDecimal(self.precision, self.scale))
        return dialect.type_descriptor(Numeric(self.precision, self.scale))

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> Any:
        """Return what the driver is given.

        Raises:
            ValueError: the value is no finite Decimal of so many digits.
        """
        if value is None:
            return None
        if not isinstance(value, Decimal) or not value.is_finite():
            raise ValueError(f"{value!r} is no finite Decimal")
        quantum = Decimal(1).scaleb(-self.scale)
        if value != value.quantize(quantum) or abs(value) >= 10 ** (self.precision - self.scale):
            raise ValueError(f"{value} is no DECIMAL({self.precision},{self.scale})")
        return str(value) if dialect.name == "sqlite" else value

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:
        """Return what was kept, with its decimals."""
        return None if value is None else Decimal(f"{value:.{self.scale}f}")


class Credits(TypeDecorator[int]):
    """The seed's DECIMAL(10,2) as cents in Python."""

    impl = Exact
    cache_ok = True

    def __init__(self) -> None:
        """Make the column's type."""
        super().__init__(10, 2)

    def process_bind_param(self, value: int | None, dialect: Dialect) -> Decimal | None:
        """Return credits.

        Raises:
            ValueError: the value is no int.
        """
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int):
            raise ValueError(f"cents {value!r} are no whole number")
        return credits_of(value)

    def process_result_value(self, value: Decimal | None, dialect: Dialect) -> int | None:
        """Return cents."""
        return None if value is None else cents_of(value)


class Id(TypeDecorator[str]):
    """UUID as text in Python."""

    impl = Uuid
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> uuid.UUID | None:
        """Return the UUID of a text."""
        return None if value is None else uuid.UUID(value)

    def process_result_value(self, value: uuid.UUID | None, dialect: Dialect) -> str | None:
        """Return the text of a UUID."""
        return None if value is None else str(value)
