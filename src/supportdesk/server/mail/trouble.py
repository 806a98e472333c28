"""Why a mail has not left."""


class NotDelivered(Exception):
    """`for_ever`: no other try will do better. `of_this_mail`: others may still get through."""

    def __init__(self, reason: str, *, for_ever: bool = False, of_this_mail: bool = False) -> None:
        super().__init__(reason)
        self.for_ever = for_ever
        self.of_this_mail = of_this_mail or for_ever
