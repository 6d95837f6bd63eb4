"""Names for the array types used throughout; shapes are in the docstrings."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

F32 = NDArray[np.float32]
F64 = NDArray[np.float64]
C64 = NDArray[np.complex64]
I64 = NDArray[np.int64]
U64 = NDArray[np.uint64]
AnyArray = NDArray[Any]
