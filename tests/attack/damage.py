"""Ways to damage bytes."""

from __future__ import annotations

import random
import struct

SIZES = (0, 1, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF)


def damage(chance: random.Random, whole: bytes, *, head: int = 200) -> bytes:
    """Damage bytes: bits of the head, random bytes, cut short, something put in, or a size replaced."""
    data = bytearray(whole)
    way = chance.randrange(5)
    if way == 0:
        for _ in range(chance.randint(1, 8)):
            data[chance.randrange(min(len(data), head))] ^= 1 << chance.randrange(8)
    elif way == 1:
        for _ in range(chance.randint(1, 30)):
            data[chance.randrange(len(data))] = chance.randrange(256)
    elif way == 2:
        del data[chance.randrange(len(data) + 1) :]
    elif way == 3:
        at = chance.randrange(len(data))
        data[at:at] = chance.randbytes(chance.randrange(1, 500))
    else:
        at = chance.randrange(max(1, min(len(data) - 8, 4 * head)))
        data[at : at + 4] = struct.pack(chance.choice("<>") + "I", chance.choice(SIZES))
    return bytes(data)
