"""Which files hold credentials: `src/secrets/is-credential-file.ts`."""

from __future__ import annotations

import re
from typing import Any


class CredentialFiles:
    """Judges by the table's names and folders, in any case and with slashes of either kind."""

    def __init__(self, table: dict[str, Any]) -> None:
        self.names = re.compile("|".join(table["names"]))
        self.folders = tuple(table["folders"])

    def holds(self, path: str) -> bool:
        plain = path.replace("\\", "/").lower()
        return any(folder in plain for folder in self.folders) or bool(
            self.names.fullmatch(plain[plain.rfind("/") + 1 :])
        )
