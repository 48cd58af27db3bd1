"""What every part of a version of an instrument is."""

import msgspec


class VersionPart(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A part of a version."""
