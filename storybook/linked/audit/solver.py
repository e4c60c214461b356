"""HiGHS, as far as it is needed here: whole or fractional numbers within bounds, at least cost.

Nothing that it says is believed: ``witness`` puts every set of people into exact whole numbers and counts again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import highspy
import numpy as np
from numpy.typing import NDArray

from ..suppression.secondary import ENDLESS, Range
from .limit import Limit, OutOfTime

#: What a column adds to each row: (row, how much).
Column = Sequence[tuple[int, float]]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Columns, one after the other: where each starts, its rows and how much it adds to them."""

    starts: NDArray[np.int32]
    rows: NDArray[np.int32]
    much: NDArray[np.float64]

    @classmethod
    def of(cls, columns: Sequence[Column]) -> Matrix:
        """The same as arrays."""
        starts = np.cumsum([0, *(len(column) for column in columns)]).astype(np.int32)
        rows = np.asarray([row for column in columns for row, _ in column], dtype=np.int32)
        return cls(starts, rows, np.asarray([much for column in columns for _, much in column], dtype=float))

    def and_then(self, other: Matrix) -> Matrix:
        """These columns and those of ``other`` after them."""
        starts = np.concatenate([self.starts, other.starts[1:] + self.starts[-1]]).astype(np.int32)
        return Matrix(
            starts, np.concatenate([self.rows, other.rows]), np.concatenate([self.much, other.much])
        )

    def times(self, weights: NDArray[np.float64]) -> NDArray[np.float64]:
        """What each column adds in all, where one more in each row weighs so much."""
        columns = np.repeat(np.arange(self.width), np.diff(self.starts))
        added = np.bincount(columns, self.much * weights[self.rows], minlength=self.width)
        return np.asarray(added, dtype=float)

    @property
    def width(self) -> int:
        """How many columns there are."""
        return len(self.starts) - 1


@dataclass(frozen=True, slots=True)
class Solution:
    """The columns' values, and what one more in each row would cost (of fractional solutions)."""

    values: tuple[float, ...]
    duals: tuple[float, ...]
    cost: float
    best: bool


def solve(
    matrix: Matrix,
    rows: Sequence[Range],
    cost: Sequence[float] | NDArray[np.float64],
    upper: Sequence[float] | NDArray[np.float64],
    whole: int,
    limit: Limit,
    *,
    seconds: float = 5.0,
    gap: float = 0.0,
) -> Solution | None:
    """The cheapest column values from 0 to ``upper`` that keep every row in its range; None if there are none.

    The first ``whole`` columns hold whole numbers. It stops after ``seconds``, when ``limit`` is reached or within
    ``gap`` (a share) of the best. Raises OutOfTime if it stops before it knows: that none was found is not that there
    is none.
    """
    highs = highspy.Highs()  # type: ignore[no-untyped-call] # its stub has no types there
    for option, value in _OPTIONS.items():
        highs.setOptionValue(option, value)
    highs.setOptionValue("time_limit", min(seconds, limit.left()))
    highs.setOptionValue("mip_rel_gap", gap)
    highs.passModel(_model(matrix, rows, cost, upper, whole))
    highs.run()
    found = highs.getSolution()
    status = highs.getModelStatus()
    info = highs.getInfo()
    feasible = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    if status in _STOPPED and not (whole and feasible):
        raise OutOfTime
    if status not in _USABLE or not found.value_valid or not feasible:
        return None
    values, duals = tuple(found.col_value), tuple(found.row_dual)
    return Solution(values, duals, info.objective_function_value, status == _BEST)


_OPTIONS: dict[str, bool | int | str] = {
    "output_flag": False,
    "threads": 1,
    "parallel": "off",
    "random_seed": 1,
}
_BEST = highspy.HighsModelStatus.kOptimal
_STOPPED = (highspy.HighsModelStatus.kTimeLimit, highspy.HighsModelStatus.kInterrupt)
_USABLE = (_BEST, highspy.HighsModelStatus.kTimeLimit, highspy.HighsModelStatus.kSolutionLimit)


def _model(
    matrix: Matrix,
    rows: Sequence[Range],
    cost: Sequence[float] | NDArray[np.float64],
    upper: Sequence[float] | NDArray[np.float64],
    whole: int,
) -> highspy.HighsLp:
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = matrix.width, len(rows)
    model.col_cost_ = np.asarray(cost, dtype=float)
    model.col_lower_ = np.zeros(matrix.width)
    model.col_upper_ = np.asarray(upper, dtype=float)
    ends = np.asarray(rows, dtype=float).reshape(len(rows), 2)
    model.row_lower_ = ends[:, 0].copy()
    model.row_upper_ = np.where(ends[:, 1] < ENDLESS, ends[:, 1], highspy.kHighsInf)
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_ = matrix.starts
    model.a_matrix_.index_ = matrix.rows
    model.a_matrix_.value_ = matrix.much
    if whole:
        kinds = (highspy.HighsVarType.kInteger, highspy.HighsVarType.kContinuous)
        model.integrality_ = [kinds[place >= whole] for place in range(matrix.width)]
    return model
